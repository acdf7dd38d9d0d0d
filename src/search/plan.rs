//! Turns a query that was taken apart into what an index is asked for.
//!
//! A word that some page has is wanted as it is; its parts are welcome beside it. A compound that no page has is wanted
//! by its parts. The last word while typing, a word before `*` and a single character of a script without spaces stand
//! for words that begin so too; in a language that joins words, a word stands for those that [end](unknown) so.
//! Beside it counts what others write for the same: [other spellings](other). What is meant by a word that no page has is
//! in [`unknown`].
//!
//! Stop words count little where the query has others, and find nothing by themselves there.

mod other;
#[cfg(test)]
mod tests;
mod unknown;

use super::query::{Clause, Parsed};
use super::rank::{Alternative, EXACT, PART, PREFIX, Phrase, Plan, Postings, Role, Want};
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

/// A word of the query, as it is asked for.
struct Word {
    /// The folded word.
    form: String,
    /// As it was typed.
    typed: String,
    alternatives: Vec<Alternative>,
    /// Its parts that some page has, each with its group.
    parts: Vec<(String, String)>,
    /// Whether the word before it in the query stands before it.
    follows: bool,
}

/// Plans a query; `typing` says whether the last word may go on.
///
/// # Errors
/// When the index cannot be read.
pub(super) fn plan<P: Postings>(index: &P, parsed: &Parsed, typing: bool) -> Result<Plan, P::Error> {
    let mut planner = Planner { index, words: Vec::new(), plan: Plan::default() };
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
                    planner.wanted(text, &tokens, Extent::Whole)?;
                }
            }
        }
    }
    planner.joined()?;
    planner.synonyms()?;
    planner.unknown()?;
    planner.want();
    for clause in &parsed.unwanted {
        planner.unwanted(clause)?;
    }
    Ok(planner.plan)
}

struct Planner<'i, P> {
    index: &'i P,
    /// In the order of the query.
    words: Vec<Word>,
    plan: Plan,
}

impl<P: Postings> Planner<'_, P> {
    fn words(&mut self, text: &str, extent: Extent) -> Result<(), P::Error> {
        self.wanted(text, &tokens(text), extent)
    }

    /// Adds the words of a text, of which the last may go on.
    fn wanted(&mut self, text: &str, tokens: &[Token], extent: Extent) -> Result<(), P::Error> {
        let mut rest = tokens;
        while let Some((token, after)) = rest.split_first() {
            let (inner, after) = after.split_at(inside(token, after));
            rest = after;
            if self.words.len() >= MOST {
                break;
            }
            let own = if token.range.end == text.trim_end().len() { extent } else { Extent::Whole };
            let typed = &text[token.range.clone()];
            let mut alternatives = self.alternatives(&token.text, own)?;
            alternatives.extend(self.with_digraphs(typed, &token.text)?);
            if alternatives.is_empty() && !inner.is_empty() {
                self.wanted(text, inner, extent)?;
                continue;
            }
            let mut parts = Vec::new();
            for (at, part) in inner.iter().enumerate().filter(|_| !alternatives.is_empty()) {
                if inside(part, &inner[at + 1..]) == 0
                    && let Some(group) = self.index.group(&part.text)?
                {
                    parts.push((part.text.clone(), group));
                }
            }
            let (form, typed) = (token.text.clone(), typed.to_owned());
            self.words.push(Word { form, typed, alternatives, parts, follows: !self.words.is_empty() });
        }
        Ok(())
    }

    /// Returns the groups of the word itself and of words that begin so.
    fn alternatives(&self, form: &str, extent: Extent) -> Result<Vec<Alternative>, P::Error> {
        let exact = self.index.group(form)?;
        let mut found: Vec<Alternative> = exact.iter().map(|group| Alternative::of(group, EXACT)).collect();
        let letters = form.chars().count();
        let lone = letters == 1 && is_gram(form);
        let begins = match extent {
            Extent::Whole => lone,
            Extent::Typing => lone || letters >= SHORTEST,
            Extent::Begun => true,
        };
        if begins {
            let others = self.index.beginning(form)?.into_iter().filter(|group| Some(group) != exact.as_ref());
            found.extend(others.map(|group| Alternative::of(&group, PREFIX)));
        }
        Ok(found)
    }

    /// Makes the plan of the words.
    fn want(&mut self) {
        let is_stop_word = |word: &Word| self.index.is_stop_word(&word.form);
        let tells = self.words.iter().any(|word| !is_stop_word(word));
        let finds = self.words.iter().any(|word| !is_stop_word(word) && !word.alternatives.is_empty());
        for word in std::mem::take(&mut self.words) {
            let is_stop_word = tells && self.index.is_stop_word(&word.form);
            if word.alternatives.is_empty() && !is_stop_word && !self.plan.unknown.contains(&word.typed) {
                self.plan.unknown.push(word.typed);
            }
            // Where nothing has what was asked for, pages with "how" and "the" do not answer.
            let alternatives = if is_stop_word && !finds { Vec::new() } else { word.alternatives };
            self.add(Want { form: word.form, alternatives, role: Role::Wanted, is_stop_word });
            for (form, group) in word.parts {
                let alternatives = vec![Alternative::of(&group, PART)];
                self.add(Want { form, alternatives, role: Role::Part, is_stop_word });
            }
        }
    }

    fn add(&mut self, want: Want) {
        let again = self.plan.wants.iter().any(|other| other.form == want.form && other.role == want.role);
        if !again {
            self.plan.wants.push(want);
        }
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
                let groups = self.alternatives(&token.text, Extent::Begun)?.into_iter();
                self.plan.unwanted.extend(groups.flat_map(|found| found.groups).map(|group| vec![(group, 0)]));
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
