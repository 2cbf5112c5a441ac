//! The order in which the schema wants properties, and what they may hold.

use super::super::xml::Node;

const PARAGRAPH: &str = "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs \
    suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing \
    ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle \
    rPr sectPr pPrChange";
const RUN: &str = "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint \
    noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em \
    lang eastAsianLayout specVanish oMath rPrChange";
const CELL: &str = "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark headers \
    cellIns cellDel cellMerge tcPrChange";
const TABLE: &str = "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd \
    tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange";

pub(super) fn broken(story: &Node) -> Vec<String> {
    let mut found = Vec::new();
    for node in story.all() {
        let order: &str = match node.name.as_str() {
            "w:pPr" => PARAGRAPH,
            "w:rPr" => RUN,
            "w:tcPr" => CELL,
            "w:tblPr" => TABLE,
            "w:trPr" => {
                found.extend(row(node));
                continue;
            }
            "w:sectPr" => {
                found.extend(last(node, &["w:sectPrChange"]));
                continue;
            }
            "w:pPrChange" | "w:rPrChange" | "w:tcPrChange" | "w:tblPrChange" | "w:trPrChange" | "w:sectPrChange" => {
                found.extend(change(node));
                continue;
            }
            _ => continue,
        };
        let place = |name: &str| order.split_whitespace().position(|known| name.strip_prefix("w:") == Some(known));
        let places: Vec<usize> = node.elements().filter_map(|child| place(&child.name)).collect();
        if !places.is_sorted_by(|one, next| one < next) {
            let names: Vec<&str> = node.elements().map(|child| child.name.as_str()).collect();
            found.push(format!("{} in the wrong order or twice: {}", node.name, names.join(" ")));
        }
    }
    found
}

fn row(node: &Node) -> Option<String> {
    last(node, &["w:ins", "w:del", "w:trPrChange"])
}

/// These come last, in this order, each once.
fn last(node: &Node, order: &[&str]) -> Option<String> {
    let places: Vec<usize> =
        node.elements().map(|child| order.iter().position(|name| child.is(name)).map_or(0, |at| at + 1)).collect();
    let sorted = places.is_sorted_by(|one, next| one < next || (*one == 0 && *next == 0));
    (!sorted).then(|| format!("{} in the wrong order", node.name))
}

/// A change element holds the old properties, once, and nothing that they may not hold.
fn change(node: &Node) -> Vec<String> {
    let own = node.name.trim_end_matches("Change");
    let inside: Vec<&Node> = node.elements().collect();
    let forbidden: &[&str] = match own {
        "w:pPr" => &["w:rPr", "w:sectPr", "w:pPrChange"],
        "w:sectPr" => &["w:headerReference", "w:footerReference", "w:sectPrChange"],
        "w:trPr" => &["w:ins", "w:del", "w:trPrChange"],
        "w:tcPr" => &["w:cellIns", "w:cellDel", "w:tcPrChange"],
        _ => &["w:rPrChange", "w:tblPrChange"],
    };
    let [old] = inside.as_slice() else { return vec![format!("{} holds {} elements", node.name, inside.len())] };
    let mut found = Vec::new();
    if old.name != own {
        found.push(format!("{} holds {}", node.name, old.name));
    }
    let wrong = old.elements().filter(|child| forbidden.contains(&child.name.as_str()));
    found.extend(wrong.map(|child| format!("{} holds {}", node.name, child.name)));
    found
}
