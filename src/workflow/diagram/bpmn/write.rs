//! A drawing as BPMN 2.0 XML.

use std::fmt::Write as _;

use super::super::{escape, name};
use super::{Drawing, Due, Flow, Frame, Kind, Shape};
use crate::workflow::Definition;

const OPEN: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <bpmn:definitions xmlns:bpmn=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" \
    xmlns:bpmndi=\"http://www.omg.org/spec/BPMN/20100524/DI\" \
    xmlns:dc=\"http://www.omg.org/spec/DD/20100524/DC\" xmlns:di=\"http://www.omg.org/spec/DD/20100524/DI\" ";

pub(super) fn write(definition: &Definition, drawing: &Drawing) -> String {
    let process = format!("process.{}", name(definition.process.as_str()));
    let mut out = OPEN.to_owned();
    let _ =
        writeln!(out, "id=\"definitions\" targetNamespace=\"urn:quorate:{}\">", escape(definition.process.as_str()));
    let _ = writeln!(out, "  <bpmn:collaboration id=\"collaboration\">");
    let title = escape(&format!("{}, version {}", definition.title, definition.version));
    let _ = writeln!(out, "    <bpmn:participant id=\"pool\" name=\"{title}\" processRef=\"{process}\"/>");
    let _ = writeln!(out, "  </bpmn:collaboration>");
    let _ = writeln!(out, "  <bpmn:process id=\"{process}\" name=\"{title}\" isExecutable=\"false\">");
    write_lanes(&mut out, drawing);
    for shape in &drawing.shapes {
        write_shape(&mut out, drawing, shape);
    }
    for Flow { id, name, from, to, .. } in &drawing.flows {
        let name = named(name);
        let _ = writeln!(out, "    <bpmn:sequenceFlow id=\"{id}\"{name} sourceRef=\"{from}\" targetRef=\"{to}\"/>");
    }
    out.push_str("  </bpmn:process>\n");
    write_diagram(&mut out, drawing);
    out.push_str("</bpmn:definitions>\n");
    out
}

fn named(name: &str) -> String {
    if name.is_empty() { String::new() } else { format!(" name=\"{}\"", escape(name)) }
}

fn write_lanes(out: &mut String, drawing: &Drawing) {
    out.push_str("    <bpmn:laneSet id=\"lanes\">\n");
    for (index, lane) in drawing.lanes.iter().enumerate() {
        let _ = writeln!(out, "      <bpmn:lane id=\"{}\" name=\"{}\">", lane.id, escape(&lane.title));
        for shape in drawing.shapes.iter().filter(|shape| shape.lane == index) {
            let _ = writeln!(out, "        <bpmn:flowNodeRef>{}</bpmn:flowNodeRef>", shape.id);
        }
        out.push_str("      </bpmn:lane>\n");
    }
    out.push_str("    </bpmn:laneSet>\n");
}

fn write_shape(out: &mut String, drawing: &Drawing, shape: &Shape) {
    let (tag, more) = match &shape.kind {
        Kind::Start => ("startEvent", String::new()),
        Kind::Task => ("userTask", String::new()),
        Kind::Gateway { default } => {
            let default = default.as_ref().map(|flow| format!(" default=\"{flow}\""));
            ("exclusiveGateway", default.unwrap_or_default())
        }
        Kind::Timer { on, due } => {
            let ends = if *due == Due::Ends { "true" } else { "false" };
            ("boundaryEvent", format!(" attachedToRef=\"{on}\" cancelActivity=\"{ends}\""))
        }
        Kind::End | Kind::Overdue => ("endEvent", String::new()),
    };
    let _ = writeln!(out, "    <bpmn:{tag} id=\"{}\"{}{more}>", shape.id, named(&shape.name));
    if let Some(about) = &shape.about {
        let _ = writeln!(out, "      <bpmn:documentation>{}</bpmn:documentation>", escape(about));
    }
    for (end, word) in [(End::To, "incoming"), (End::From, "outgoing")] {
        for flow in drawing.flows.iter().filter(|flow| end.of(flow) == shape.id) {
            let _ = writeln!(out, "      <bpmn:{word}>{}</bpmn:{word}>", flow.id);
        }
    }
    match shape.kind {
        Kind::Timer { .. } => {
            let _ = writeln!(out, "      <bpmn:timerEventDefinition id=\"timer.{}\"/>", shape.id);
        }
        Kind::Overdue => {
            let _ = writeln!(out, "      <bpmn:messageEventDefinition id=\"message.{}\"/>", shape.id);
        }
        _ => {}
    }
    let _ = writeln!(out, "    </bpmn:{tag}>");
}

/// An end of a flow.
#[derive(Clone, Copy)]
enum End {
    From,
    To,
}

impl End {
    fn of(self, flow: &Flow) -> &str {
        match self {
            Self::From => &flow.from,
            Self::To => &flow.to,
        }
    }
}

fn write_diagram(out: &mut String, drawing: &Drawing) {
    out.push_str("  <bpmndi:BPMNDiagram id=\"diagram\">\n");
    out.push_str("    <bpmndi:BPMNPlane id=\"plane\" bpmnElement=\"collaboration\">\n");
    place(out, "pool", " isHorizontal=\"true\"", drawing.pool, None);
    for lane in &drawing.lanes {
        place(out, &lane.id, " isHorizontal=\"true\"", lane.frame, None);
    }
    for shape in &drawing.shapes {
        let marker = if matches!(shape.kind, Kind::Gateway { .. }) { " isMarkerVisible=\"true\"" } else { "" };
        place(out, &shape.id, marker, shape.frame, shape.label);
    }
    for flow in &drawing.flows {
        run(out, flow);
    }
    out.push_str("    </bpmndi:BPMNPlane>\n  </bpmndi:BPMNDiagram>\n");
}

fn place(out: &mut String, id: &str, more: &str, frame: Frame, label: Option<Frame>) {
    let _ = writeln!(out, "      <bpmndi:BPMNShape id=\"shape.{id}\" bpmnElement=\"{id}\"{more}>");
    bounds(out, frame);
    say(out, label);
    out.push_str("      </bpmndi:BPMNShape>\n");
}

fn run(out: &mut String, flow: &Flow) {
    let _ = writeln!(out, "      <bpmndi:BPMNEdge id=\"edge.{0}\" bpmnElement=\"{0}\">", flow.id);
    for point in &flow.points {
        let _ = writeln!(out, "        <di:waypoint x=\"{}\" y=\"{}\"/>", point.x, point.y);
    }
    say(out, flow.label.filter(|_| !flow.name.is_empty()));
    out.push_str("      </bpmndi:BPMNEdge>\n");
}

fn say(out: &mut String, label: Option<Frame>) {
    if let Some(label) = label {
        out.push_str("        <bpmndi:BPMNLabel>\n");
        bounds(out, label);
        out.push_str("        </bpmndi:BPMNLabel>\n");
    }
}

fn bounds(out: &mut String, frame: Frame) {
    let Frame { x, y, width, height } = frame;
    let _ = writeln!(out, "        <dc:Bounds x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"/>");
}
