//! What kind of character a character is, as far as cutting text into words needs to know.

/// Kinds of characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    /// Part of a word.
    Word,
    /// A word of its own: scripts that write no spaces.
    Ideograph,
    /// White space within a line.
    Space,
    /// The end of a line.
    Line,
    /// Ends a sentence or a clause.
    Stop,
    /// Begins a sum of money.
    Currency,
    /// Half of a flag.
    Flag,
    /// Belongs to the character before it, whatever that is.
    Extends,
    /// Any other sign.
    Sign,
}

/// Joins what stands before and after it into one character.
pub(super) const JOINER: char = '\u{200D}';

pub(super) fn sort(character: char) -> Sort {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => Sort::Word,
        ' ' | '\t' => Sort::Space,
        '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Sort::Line,
        '.' | '!' | '?' | ';' | ':' => Sort::Stop,
        '$' | '£' | '¥' | '€' => Sort::Currency,
        '\0'..='\u{7f}' => Sort::Sign,
        _ => sort_beyond_ascii(character),
    }
}

fn sort_beyond_ascii(character: char) -> Sort {
    match character {
        _ if character.is_whitespace() => Sort::Space,
        _ if extends(character) => Sort::Extends,
        '\u{061F}' | '\u{06D4}' | '\u{0964}' | '\u{3002}' | '\u{FF01}' | '\u{FF1F}' => Sort::Stop,
        '\u{1F1E6}'..='\u{1F1FF}' => Sort::Flag,
        _ if is_sign(character) => Sort::Sign,
        _ if is_ideograph(character) => Sort::Ideograph,
        _ => Sort::Word,
    }
}

/// Combining marks used with any script, variation selectors, skin tones, tags and the two joiners. Marks that belong
/// to one script need no entry: they stand within its words.
fn extends(character: char) -> bool {
    matches!(character,
        '\u{0300}'..='\u{036F}'
        | '\u{0483}'..='\u{0489}'
        | '\u{0591}'..='\u{05BD}'
        | '\u{0610}'..='\u{061A}'
        | '\u{064B}'..='\u{065F}'
        | '\u{0900}'..='\u{0903}'
        | '\u{1AB0}'..='\u{1AFF}'
        | '\u{1DC0}'..='\u{1DFF}'
        | '\u{200C}'..='\u{200D}'
        | '\u{20D0}'..='\u{20FF}'
        | '\u{302A}'..='\u{302F}'
        | '\u{3099}'..='\u{309A}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FE20}'..='\u{FE2F}'
        | '\u{FF9E}'..='\u{FF9F}'
        | '\u{1F3FB}'..='\u{1F3FF}'
        | '\u{E0020}'..='\u{E007F}'
        | '\u{E0100}'..='\u{E01EF}')
}

/// Punctuation, symbols and pictures beyond ASCII. What is in no list counts as part of a word, so that nothing
/// unknown is ever cut apart.
fn is_sign(character: char) -> bool {
    matches!(character,
        '\u{00A1}'..='\u{00A9}'
        | '\u{00AB}'..='\u{00AC}'
        | '\u{00AE}'..='\u{00B1}'
        | '\u{00B4}'
        | '\u{00B6}'..='\u{00B8}'
        | '\u{00BB}'
        | '\u{00BF}'
        | '\u{00D7}'
        | '\u{00F7}'
        | '\u{060C}'
        | '\u{061B}'
        | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205E}'
        | '\u{20A0}'..='\u{20CF}'
        | '\u{2100}'..='\u{2BFF}'
        | '\u{3001}'..='\u{3003}'
        | '\u{3008}'..='\u{3020}'
        | '\u{E000}'..='\u{F8FF}'
        | '\u{FE10}'..='\u{FE1F}'
        | '\u{FE30}'..='\u{FE6F}'
        | '\u{FF00}'..='\u{FF0F}'
        | '\u{FF1A}'..='\u{FF20}'
        | '\u{FF3B}'..='\u{FF40}'
        | '\u{FF5B}'..='\u{FF65}'
        | '\u{1F000}'..='\u{1FAFF}')
}

fn is_ideograph(character: char) -> bool {
    matches!(character,
        '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}')
}
