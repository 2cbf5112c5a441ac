//! Licence expressions: `MIT OR Apache-2.0`, `(MIT OR Apache-2.0) AND Unicode-3.0`, and the older `MIT/Apache-2.0`.

/// Whether an expression can be met by licences of a list. `AND` binds closer than `OR`, and `/` means `OR`.
///
/// # Errors
///
/// What is wrong with the expression, in words.
pub(super) fn permits(expression: &str, allowed: &[String]) -> Result<bool, String> {
    let spaced = expression.replace('(', " ( ").replace(')', " ) ").replace('/', " OR ");
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let mut reader = Reader { words: &words, allowed };
    let permitted = reader.any()?;
    match reader.words.first() {
        None => Ok(permitted),
        Some(word) => Err(format!("`{word}` is out of place")),
    }
}

struct Reader<'a> {
    words: &'a [&'a str],
    allowed: &'a [String],
}

impl<'a> Reader<'a> {
    fn any(&mut self) -> Result<bool, String> {
        let mut permitted = self.all()?;
        while self.take("OR") {
            permitted |= self.all()?;
        }
        Ok(permitted)
    }

    fn all(&mut self) -> Result<bool, String> {
        let mut permitted = self.one()?;
        while self.take("AND") {
            permitted &= self.one()?;
        }
        Ok(permitted)
    }

    fn one(&mut self) -> Result<bool, String> {
        if self.take("(") {
            let permitted = self.any()?;
            return if self.take(")") { Ok(permitted) } else { Err("a bracket is not closed".to_owned()) };
        }
        let mut name = self.name()?.to_owned();
        if self.take("WITH") {
            name = format!("{name} WITH {}", self.name()?);
        }
        Ok(self.allowed.contains(&name))
    }

    fn name(&mut self) -> Result<&'a str, String> {
        match self.words.split_first() {
            Some((name, rest)) if !matches!(*name, "OR" | "AND" | "WITH" | "(" | ")") => {
                self.words = rest;
                Ok(name)
            }
            Some((word, _)) => Err(format!("`{word}` stands where a licence should")),
            None => Err("a licence is missing at the end".to_owned()),
        }
    }

    fn take(&mut self, word: &str) -> bool {
        let Some((first, rest)) = self.words.split_first() else { return false };
        if *first == word {
            self.words = rest;
            return true;
        }
        false
    }
}

#[test]
fn an_expression_is_met_as_its_words_say() {
    let allowed: Vec<String> =
        ["MIT", "Zlib", "Apache-2.0 WITH LLVM-exception"].iter().map(|name| (*name).to_owned()).collect();
    for (expression, expected) in [
        ("MIT", true),
        ("GPL-3.0", false),
        ("GPL-3.0 OR MIT", true),
        ("GPL-3.0/MIT", true),
        ("GPL-3.0 / MIT", true),
        ("MIT AND GPL-3.0", false),
        ("MIT AND Zlib", true),
        ("MIT OR Zlib AND GPL-3.0", true),
        ("(MIT OR Zlib) AND GPL-3.0", false),
        ("(GPL-3.0 OR MIT) AND Zlib", true),
        ("Apache-2.0 WITH LLVM-exception", true),
        ("Apache-2.0", false),
        ("MIT WITH LLVM-exception", false),
    ] {
        assert_eq!(permits(expression, &allowed), Ok(expected), "{expression}");
    }
}

#[test]
fn an_expression_that_cannot_be_read_says_why() {
    for (expression, problem) in [
        ("", "a licence is missing at the end"),
        ("MIT OR", "a licence is missing at the end"),
        ("MIT Zlib", "`Zlib` is out of place"),
        ("(MIT", "a bracket is not closed"),
        ("MIT)", "`)` is out of place"),
        ("AND MIT", "`AND` stands where a licence should"),
        ("MIT WITH OR Zlib", "`OR` stands where a licence should"),
    ] {
        assert_eq!(permits(expression, &[]), Err(problem.to_owned()), "{expression}");
    }
}
