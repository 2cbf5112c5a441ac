use std::collections::BTreeMap;
use std::io::Write;
use std::process::Command;

use quorate::workflow::Definition;
use quorate::workflow::diagram::{Frame, bpmn};

use super::xml::{self, Element};
use super::{all, hostile, titles, ways};

const CHECK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/bpmn");

/// Reads the BPMN of a definition, in which every id is a name of its own.
pub(crate) fn read(definition: &Definition) -> Element {
    let drawn = xml::read(&bpmn(definition));
    let mut ids: Vec<_> = drawn.all().into_iter().filter_map(|element| element.attributes.get("id").cloned()).collect();
    assert!(ids.iter().all(|id| xml::is_name(id) && !id.contains(':')));
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count);
    drawn
}

fn flows(drawn: &Element) -> Vec<&Element> {
    drawn.all().into_iter().filter(|element| element.name == "bpmn:sequenceFlow").collect()
}

/// Whether a flow named `action` leads from `from` to a task or end titled `to`, with at most gateways between.
fn leads(drawn: &Element, from: &str, action: &str, to: &str) -> bool {
    let nodes: BTreeMap<_, _> = drawn.all().into_iter().map(|element| (element.get("id"), element)).collect();
    let flows = flows(drawn);
    let timers = nodes.values().filter(|node| node.get("attachedToRef") == from).map(|node| node.get("id"));
    let mut open: Vec<(&str, bool)> = timers.chain([from]).map(|node| (node, false)).collect();
    while let Some((node, named)) = open.pop() {
        for flow in flows.iter().filter(|flow| flow.get("sourceRef") == node) {
            let named = named || flow.get("name") == action;
            let target = nodes[flow.get("targetRef")];
            match target.name.as_str() {
                "bpmn:exclusiveGateway" => open.push((target.get("id"), named)),
                _ if named && target.get("name") == to => return true,
                _ => {}
            }
        }
    }
    false
}

#[test]
fn bpmn_leads_every_way_from_the_task_of_a_state_by_its_action_to_where_it_leads() {
    for definition in all() {
        let drawn = read(&definition);
        for way in ways(&definition) {
            let [_, action, to] = titles(&definition, way);
            assert!(leads(&drawn, &format!("state.{}", way.0), action, to), "{way:?}");
        }
    }
}

#[test]
fn bpmn_has_a_task_in_the_lane_of_its_owner_for_every_state_and_a_timer_for_every_clock() {
    for definition in all() {
        let drawn = read(&definition);
        let elements = drawn.all();
        let lane = |id: &str| {
            elements.iter().find(|lane| {
                lane.name == "bpmn:lane" && lane.words_of("bpmn:flowNodeRef").split(' ').any(|node| node == id)
            })
        };
        for (name, state) in definition.states.iter().filter(|(_, state)| !state.is_final()) {
            let id = format!("state.{name}");
            assert!(elements.iter().any(|task| task.name == "bpmn:userTask" && task.get("id") == id), "{name}");
            let owner = definition.title_of(state.owner.as_ref().unwrap().as_str());
            assert_eq!(lane(&id).unwrap().get("name").to_lowercase(), owner.to_lowercase());
            let timers = elements.iter().filter(|timer| timer.get("attachedToRef") == id).count();
            assert_eq!(timers, definition.clocks_in(name).count(), "{name}");
        }
    }
}

#[test]
fn bpmn_draws_no_shape_on_another_and_no_line_through_a_task() {
    let frame = |shape: &Element| {
        let bounds = &shape.children[0];
        Frame {
            x: bounds.number("x"),
            y: bounds.number("y"),
            width: bounds.number("width"),
            height: bounds.number("height"),
        }
    };
    for definition in all() {
        let drawn = read(&definition);
        let elements = drawn.all();
        let shapes: Vec<_> = elements.iter().filter(|shape| shape.name == "bpmndi:BPMNShape").collect();
        let solid: Vec<_> = shapes.iter().filter(|shape| !shape.attributes.contains_key("isHorizontal")).collect();
        for (index, shape) in solid.iter().enumerate() {
            for other in &solid[index + 1..] {
                let (one, two) = (frame(shape), frame(other));
                let apart =
                    one.right() <= two.x || two.right() <= one.x || one.bottom() <= two.y || two.bottom() <= one.y;
                let timer = [shape, other].iter().any(|shape| shape.get("bpmnElement").starts_with("clock."));
                assert!(apart || timer, "{} lies on {}", shape.get("id"), other.get("id"));
            }
        }
        for edge in elements.iter().filter(|edge| edge.name == "bpmndi:BPMNEdge") {
            let points: Vec<_> = edge.children.iter().filter(|point| point.name == "di:waypoint").collect();
            for pair in points.windows(2) {
                let ([x, y], [to_x, to_y]) =
                    ([pair[0].number("x"), pair[0].number("y")], [pair[1].number("x"), pair[1].number("y")]);
                assert!(x == to_x || y == to_y, "{} is not square", edge.get("id"));
                for shape in &solid {
                    let there = frame(shape);
                    let beside = x.max(to_x) <= there.x
                        || there.right() <= x.min(to_x)
                        || y.max(to_y) <= there.y
                        || there.bottom() <= y.min(to_y);
                    let timer = shape.get("bpmnElement").starts_with("clock.");
                    assert!(beside || timer, "{} runs through {}", edge.get("id"), shape.get("id"));
                }
            }
        }
    }
}

#[test]
fn the_parser_of_bpmn_io_reads_every_definition_without_a_warning() {
    assert!(
        std::path::Path::new(CHECK).join("node_modules/bpmn-moddle").exists(),
        "the parser is not installed in tests/bpmn; run `scripts/test`, which installs it"
    );
    let folder = tempfile::tempdir().unwrap();
    let definitions = all().into_iter().chain([hostile()]);
    let files = definitions.enumerate().map(|(index, definition)| {
        let path = folder.path().join(format!("{index}.bpmn"));
        let mut file = tempfile::NamedTempFile::new_in(&folder).unwrap();
        file.write_all(bpmn(&definition).as_bytes()).unwrap();
        file.persist(&path).unwrap();
        path
    });
    let output = Command::new("node").arg(format!("{CHECK}/check.mjs")).args(files).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn the_check_refuses_a_flow_that_leads_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("broken.bpmn");
    let broken = bpmn(&all()[0]).replacen("targetRef=\"state.", "targetRef=\"lost.", 1);
    let mut file = tempfile::NamedTempFile::new_in(&folder).unwrap();
    file.write_all(broken.as_bytes()).unwrap();
    file.persist(&path).unwrap();
    let output = Command::new("node").arg(format!("{CHECK}/check.mjs")).arg(path).output().unwrap();
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("unresolved reference"));
}
