//! Turns a query that was taken apart into what an index is asked for.
//!
//! A word that some page has is wanted as it is; its parts are welcome beside it. A compound that no page has is wanted
//! by its parts. The last word while typing, a word before `*` and a single character of a script without spaces stand
//! for words that begin so too. Another word that no page has is forgiven a typo from four letters on and two from
//! eight, unless it holds a digit: a number that is not there is not another one.

use super::query::{Clause, Parsed};
use super::rank::{EXACT, PART, PREFIX, Phrase, Plan, Postings, Role, TYPO, TYPOS, Want};
use super::token::{Token, is_gram, tokens};

/// The most words that count: what is pasted by mistake shall not take a minute.
const MOST: usize = 48;

/// The fewest letters for which a word that is being typed stands for others.
const SHORTEST: usize = 2;

/// How much of a word is there.
#[derive(Clone, Copy, PartialEq)]
enum Extent {
    Whole,
    /// It may go on.
    Typing,
    /// It goes on, said with `*`.
    Begun,
}

/// Plans a query; `typing` says whether the last word may go on.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn plan<P: Postings>(index: &P, parsed: &Parsed, typing: bool) -> Result<Plan, P::Error> {
    let mut planner = Planner { index, plan: Plan::default() };
    for (at, clause) in parsed.wanted.iter().enumerate() {
        let last = typing && at + 1 == parsed.wanted.len();
        match clause {
            Clause::Words(text) => planner.words(text, if last { Extent::Typing } else { Extent::Whole })?,
            Clause::Prefix(text) => planner.words(text, Extent::Begun)?,
            Clause::Phrase(text) => {
                let tokens = tokens(text);
                if !tokens.is_empty() {
                    let phrase = planner.phrase(&tokens)?;
                    planner.plan.phrases.push(phrase);
                    planner.wanted(&tokens, text.len(), Extent::Whole)?;
                }
            }
        }
    }
    for clause in &parsed.unwanted {
        planner.unwanted(clause)?;
    }
    Ok(planner.plan)
}

struct Planner<'i, P> {
    index: &'i P,
    plan: Plan,
}

impl<P: Postings> Planner<'_, P> {
    fn words(&mut self, text: &str, extent: Extent) -> Result<(), P::Error> {
        self.wanted(&tokens(text), text.trim_end().len(), extent)
    }

    /// Adds the words of a text that ends at `end`, where the last may go on.
    fn wanted(&mut self, tokens: &[Token], end: usize, extent: Extent) -> Result<(), P::Error> {
        let mut rest = tokens;
        while let Some((token, after)) = rest.split_first() {
            let (inner, after) = after.split_at(inside(token, after));
            rest = after;
            if self.plan.wants.len() >= MOST {
                break;
            }
            let extent = if token.range.end == end { extent } else { Extent::Whole };
            let known = self.alternatives(token, extent)?;
            match (known.is_empty(), inner.is_empty()) {
                (true, false) => self.wanted(inner, end, extent)?,
                (true, true) => {
                    let similar = self.similar(&token.text)?;
                    self.want(token, similar, Role::Wanted);
                }
                (false, _) => {
                    self.want(token, known, Role::Wanted);
                    for (at, part) in inner.iter().enumerate() {
                        if inside(part, &inner[at + 1..]) == 0
                            && let Some(group) = self.index.group(&part.text)?
                        {
                            self.want(part, vec![(group, PART)], Role::Part);
                        }
                    }
                }
            }
        }
        Ok(())
    }

    fn want(&mut self, token: &Token, alternatives: Vec<(String, u64)>, role: Role) {
        let form = token.text.clone();
        let again = self.plan.wants.iter().any(|want| want.form == form && want.role == role);
        if !again {
            self.plan.wants.push(Want { form, alternatives, role });
        }
    }

    /// Returns the groups of the word itself and of words that begin so.
    fn alternatives(&self, token: &Token, extent: Extent) -> Result<Vec<(String, u64)>, P::Error> {
        let mut found: Vec<(String, u64)> =
            self.index.group(&token.text)?.map(|group| (group, EXACT)).into_iter().collect();
        let letters = token.text.chars().count();
        let lone = letters == 1 && is_gram(&token.text);
        let begins = match extent {
            Extent::Whole => lone,
            Extent::Typing => lone || letters >= SHORTEST,
            Extent::Begun => true,
        };
        if begins {
            let others = self.index.beginning(&token.text)?;
            let exact = found.first().map(|(group, _)| group.clone());
            found.extend(others.into_iter().filter(|group| Some(group) != exact.as_ref()).map(|group| (group, PREFIX)));
        }
        Ok(found)
    }

    fn similar(&self, form: &str) -> Result<Vec<(String, u64)>, P::Error> {
        let most = match form.chars().count() {
            _ if form.contains(char::is_numeric) || is_gram(form) => return Ok(Vec::new()),
            0..4 => return Ok(Vec::new()),
            4..8 => 1,
            _ => 2,
        };
        let (distance, groups) = self.index.similar(form, most)?;
        let weight = if distance == 1 { TYPO } else { TYPOS };
        Ok(groups.into_iter().map(|group| (group, weight)).collect())
    }

    /// Returns the groups of words that stand side by side; nothing when one of them is on no page.
    fn phrase(&self, tokens: &[Token]) -> Result<Option<Phrase>, P::Error> {
        let mut phrase = Phrase::new();
        let mut rest = tokens;
        let first = tokens.first().map_or(0, |token| token.position);
        while let Some((token, after)) = rest.split_first() {
            let (inner, after) = after.split_at(inside(token, after));
            match self.index.group(&token.text)? {
                Some(group) => {
                    phrase.push((group, token.position - first));
                    rest = after;
                }
                None if inner.is_empty() => return Ok(None),
                // The parts stand where the whole does.
                None => rest = &rest[1..],
            }
        }
        Ok(Some(phrase).filter(|phrase| !phrase.is_empty()))
    }

    fn unwanted(&mut self, clause: &Clause) -> Result<(), P::Error> {
        let (Clause::Words(text) | Clause::Phrase(text) | Clause::Prefix(text)) = clause;
        let tokens = tokens(text);
        match (clause, &tokens[..]) {
            (Clause::Prefix(_), [token]) => {
                let groups = self.alternatives(token, Extent::Begun)?.into_iter();
                self.plan.unwanted.extend(groups.map(|(group, _)| vec![(group, 0)]));
            }
            _ => {
                let phrase = self.phrase(&tokens)?;
                self.plan.unwanted.extend(phrase);
            }
        }
        Ok(())
    }
}

/// Returns how many of the tokens that follow lie in a token.
fn inside(token: &Token, after: &[Token]) -> usize {
    let within = |other: &&Token| other.range.end <= token.range.end && other.range.start >= token.range.start;
    after.iter().take_while(within).count()
}
