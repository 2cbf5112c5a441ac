use quorate::workflow::diagram::{Course, Frame, Layout, Point, layout};

use super::all;

/// Whether two frames share more than a border.
fn overlap(one: Frame, other: Frame) -> bool {
    one.x < other.right() && other.x < one.right() && one.y < other.bottom() && other.y < one.bottom()
}

/// The pieces of a line, each as a frame without area.
fn pieces(points: &[Point]) -> Vec<Frame> {
    let piece = |pair: &[Point]| Frame {
        x: pair[0].x.min(pair[1].x),
        y: pair[0].y.min(pair[1].y),
        width: (pair[0].x - pair[1].x).abs(),
        height: (pair[0].y - pair[1].y).abs(),
    };
    points.windows(2).map(piece).collect()
}

/// Whether a piece of line runs through a frame, and not only along or up to its border.
fn crosses(piece: Frame, frame: Frame) -> bool {
    piece.x < frame.right()
        && frame.x < piece.right().max(piece.x + 1)
        && piece.y < frame.bottom()
        && frame.y < piece.bottom().max(piece.y + 1)
        && !(piece.right() <= frame.x || piece.bottom() <= frame.y)
}

fn solid(layout: &Layout) -> Vec<(String, Frame)> {
    let boxes = layout.boxes.iter().map(|state| (format!("box {}", state.state), state.frame));
    let ends = layout.ends.iter().map(|end| (format!("end {}", end.state), end.frame));
    boxes.chain(ends).collect()
}

#[test]
fn no_box_end_or_word_lies_on_another() {
    for definition in all() {
        let layout = layout(&definition);
        let words = layout.edges.iter().map(|edge| (format!("words {}", edge.id), edge.label.frame));
        let all: Vec<_> = solid(&layout).into_iter().chain(words).collect();
        for (index, (name, frame)) in all.iter().enumerate() {
            let inside =
                frame.x >= 0 && frame.y >= 0 && frame.right() <= layout.width && frame.bottom() <= layout.height;
            assert!(inside, "{name} leaves the page");
            for (other, there) in &all[index + 1..] {
                assert!(!overlap(*frame, *there), "{name} lies on {other}");
            }
        }
    }
}

#[test]
fn no_line_crosses_a_box_an_end_or_the_words_of_another() {
    for definition in all() {
        let layout = layout(&definition);
        let solid = solid(&layout);
        for edge in &layout.edges {
            for piece in pieces(&edge.points) {
                for (name, frame) in &solid {
                    assert!(!crosses(piece, *frame), "{} crosses {name}", edge.id);
                }
                for other in &layout.edges {
                    assert!(!crosses(piece, other.label.frame), "{} crosses the words of {}", edge.id, other.id);
                }
            }
        }
    }
}

#[test]
fn every_line_is_square_and_runs_from_its_state_to_where_it_leads() {
    for definition in all() {
        let layout = layout(&definition);
        let touches = |frame: Frame, point: Point| {
            let within =
                point.x >= frame.x && point.x <= frame.right() && point.y >= frame.y && point.y <= frame.bottom();
            let inside = point.x > frame.x && point.x < frame.right() && point.y > frame.y && point.y < frame.bottom();
            within && !inside
        };
        for edge in &layout.edges {
            assert!(pieces(&edge.points).iter().all(|piece| piece.width == 0 || piece.height == 0), "{}", edge.id);
            let (first, last) = (edge.points[0], *edge.points.last().unwrap());
            assert!(
                layout.boxes.iter().any(|state| state.state == edge.from && touches(state.frame, first)),
                "{}",
                edge.id
            );
            let boxes = layout.boxes.iter().map(|state| (&state.state, state.frame));
            let mut targets = boxes.chain(layout.ends.iter().map(|end| (&end.state, end.frame)));
            assert!(targets.any(|(state, frame)| *state == edge.to && touches(frame, last)), "{}", edge.id);
        }
    }
}

#[test]
fn lines_of_different_courses_or_targets_never_run_on_each_other() {
    for definition in all() {
        let layout = layout(&definition);
        for (index, edge) in layout.edges.iter().enumerate() {
            for other in &layout.edges[index + 1..] {
                let joined = edge.to == other.to && edge.course == other.course;
                let shared = pieces(&edge.points).into_iter().any(|one| {
                    pieces(&other.points).into_iter().any(|two| {
                        let upright = one.width == 0 && two.width == 0 && one.x == two.x;
                        let level = one.height == 0 && two.height == 0 && one.y == two.y;
                        (upright && one.y < two.bottom() && two.y < one.bottom())
                            || (level && one.x < two.right() && two.x < one.right())
                    })
                });
                assert!(joined || !shared, "{} runs on {}", edge.id, other.id);
            }
        }
    }
}

#[test]
fn the_usual_path_runs_straight_down_and_sending_back_is_told_apart() {
    let layout = layout(&super::definition(super::SIP));
    let usual: Vec<_> = layout.edges.iter().filter(|edge| edge.course == Course::Usual).collect();
    assert_eq!(usual.len(), 12);
    assert!(usual.iter().all(|edge| edge.points.len() == 2 && edge.points[0].x == edge.points[1].x));
    let back = |from: &str, to: &str| {
        let edge = layout.edges.iter().find(|edge| edge.from.as_str() == from && edge.to.as_str() == to);
        edge.unwrap().course == Course::Back
    };
    assert!(back("deployment_sign_off", "development"));
    assert!(back("ia_sign_off_panel", "refinement"));
    assert!(!back("awaiting_information", "validation"));
}
