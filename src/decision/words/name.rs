//! What the name of a record says: its number, its day, and whether it is a record at all.

use crate::date::Date;
use crate::decision::words::day;
use crate::path::BookPath;

/// Names that stand before the number of a record.
pub(in crate::decision) const PREFIXES: &[&str] =
    &["adr", "madr", "rfc", "eip", "kep", "rfd", "tdr", "ddr", "pdr", "dr", "arch", "decision"];

/// The name of a record, taken apart at its number: `abc-adr-`, `0012`, `-title`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::decision) struct Numbered<'n> {
    /// What stands before the number, with its signs.
    pub(in crate::decision) prefix: &'n str,
    pub(in crate::decision) digits: &'n str,
    pub(in crate::decision) rest: &'n str,
}

impl Numbered<'_> {
    pub(in crate::decision) fn number(&self) -> Option<u32> {
        self.digits.parse().ok()
    }

    /// The letters before the number, in lower case, without signs at the ends: `abc-adr`.
    pub(in crate::decision) fn word(&self) -> String {
        self.prefix.trim_matches(SIGNS).to_lowercase()
    }
}

/// What may stand between a prefix and its number.
const SIGNS: [char; 5] = ['-', '_', ' ', '#', '.'];

/// Takes a name apart at its number, whatever stands before it; a date is no number.
pub(in crate::decision) fn numbered(stem: &str) -> Option<Numbered<'_>> {
    let start = stem.find(|letter: char| letter.is_ascii_digit())?;
    let (prefix, after) = stem.split_at(start);
    let digits = after.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(after.len());
    let (digits, rest) = after.split_at(digits);
    let worded = prefix.chars().all(|letter| letter.is_alphabetic() || SIGNS.contains(&letter));
    let bounded = rest.is_empty() || rest.starts_with(['-', '_', '.', ' ', ':']);
    let fits = worded && prefix.len() <= 40 && bounded && (1..=5).contains(&digits.len());
    (fits && date_of_name(stem).is_none()).then_some(Numbered { prefix, digits, rest })
}

/// Words for a template, in the languages that teams write.
const TEMPLATE: &[&str] = &[
    "template",
    "templates",
    "modele",
    "modèle",
    "vorlage",
    "plantilla",
    "modelo",
    "modello",
    "sjabloon",
    "szablon",
    "šablona",
    "sablon",
    "şablon",
    "шаблон",
    "skabelon",
    "mall",
    "テンプレート",
    "模板",
    "范本",
    "템플릿",
];

/// Says whether a name has the word for a template among its words.
pub(in crate::decision) fn speaks_of_template(name: &str) -> bool {
    words(&name.to_lowercase()).iter().any(|word| TEMPLATE.contains(word))
}

fn words(lower: &str) -> Vec<&str> {
    lower.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty()).collect()
}

/// Folders of files that tests read: records there are nobody's.
const FIXTURES: &[&str] =
    &["fixtures", "fixture", "__fixtures__", "testdata", "test-data", "test_data", "__snapshots__", "snapshots"];

/// Folders of tests, and what in them holds files that tests read.
const TESTS: &[&str] = &["test", "tests", "__tests__", "spec", "specs", "e2e"];
const TEST_FILES: &[&str] =
    &["data", "resources", "assets", "cases", "examples", "samples", "input", "inputs", "golden", "files", "mocks"];

/// Folders that are about the tests themselves, where decisions about them may lie.
const RECORDS: &[&str] = &["doc", "docs", "documentation", "adr", "adrs", "decisions", "rfc", "rfcs", "proposals"];

/// Says whether a file lies among those that tests read.
pub fn is_fixture(path: &BookPath) -> bool {
    let folder = path.parent();
    let names: Vec<String> = folder.names().map(str::to_lowercase).collect();
    let is_one =
        |name: &String| FIXTURES.contains(&name.as_str()) || name.ends_with("-fixtures") || name.ends_with("_fixtures");
    let tested = names.iter().position(|name| TESTS.contains(&name.as_str()));
    // A whole project with decisions of its own, for tests to read: `integration-tests/project/docs/adr`.
    let of_tests = |name: &String| {
        ["test", "tests", "__tests__", "e2e"].contains(&name.as_str())
            || ["-test", "-tests", "_test", "_tests"].iter().any(|end| name.ends_with(end))
    };
    let holds_project = |at: usize| names.get(at + 1).is_some_and(|name| !RECORDS.contains(&name.as_str()));
    let project = names.iter().position(of_tests).filter(|at| names.len() > at + 2 && holds_project(*at));
    names.iter().any(is_one)
        || project.is_some()
        || tested.is_some_and(|at| names[at + 1..].iter().any(|name| TEST_FILES.contains(&name.as_str())))
}

/// Says whether a file of a folder of decisions is no record: its index, a template, a log.
///
/// The `README.md` of a folder that is itself named as a record (`0012-title`, `2024-01-16-title`) is that record.
pub fn is_companion(path: &BookPath) -> bool {
    let stem = path.stem().to_ascii_lowercase();
    let names = [
        "index",
        "readme",
        "summary",
        "backlog",
        "adr-log",
        "log",
        "toc",
        "contributing",
        "changelog",
        "glossary",
        "_index",
    ];
    let is_index = names.contains(&stem.as_str());
    if is_index && folder_of_its_own(path).is_some() {
        return false;
    }
    let slug = slug_of(path).to_lowercase();
    let opens_template = |name: &str| words(&name.to_lowercase()).first().is_some_and(|word| TEMPLATE.contains(word));
    let folder = path.parent();
    let in_templates = opens_template(folder.name()) || opens_template(folder.parent().name());
    is_index || is_template_name(&slug) || in_templates || is_unfilled(path)
}

/// Says whether a name alone tells a template: `template`, `adr-template-bare`, `0000-modele`. A number above 0 before it
/// is that of a decision on a template.
fn is_template_name(slug: &str) -> bool {
    let words = words(slug);
    let is_word = |word: Option<&&str>| word.is_some_and(|word| TEMPLATE.contains(word));
    match number_of_name(slug) {
        Some(0) => words.iter().any(|word| TEMPLATE.contains(word)),
        Some(_) => false,
        None => is_word(words.first()) || is_word(words.last()) && words.len() <= 3 || slug.starts_with("adr-template"),
    }
}

/// Says whether the folder of a page is that of a template: `NNNN-kep-template`, `0000-cloud-provider-template`.
pub fn is_template_folder(path: &BookPath) -> bool {
    is_unfilled(path) || is_template_name(&path.parent().name().to_lowercase())
}

/// Says whether a name still waits for its number: `NNNN-kep-template/README.md`, `XXXX-short-title.md`.
pub fn is_unfilled(path: &BookPath) -> bool {
    [path.stem(), path.parent().name()].iter().any(|name| {
        let lower = name.to_ascii_lowercase();
        lower.starts_with("nnnn-") || lower.starts_with("xxxx-")
    })
}

/// Returns the name of the folder that is the record, when the file is the page of such a folder.
pub(in crate::decision) fn folder_of_its_own(path: &BookPath) -> Option<String> {
    let folder = path.parent();
    let is_page = matches!(path.stem().to_ascii_lowercase().as_str(), "index" | "readme");
    (is_page && is_of_record(folder.name())).then(|| folder.name().to_owned())
}

/// Says whether a folder is named as a record: `0012-title`, `2024-01-16-title`, `0012`.
///
/// `2024` and `12` are folders of records, not records.
pub(in crate::decision) fn is_of_record(folder: &str) -> bool {
    let named = number_of_name(folder).is_some() || date_of_name(folder).is_some();
    let padded = folder.len() >= 3 && folder.starts_with('0');
    named && (padded || folder.chars().any(char::is_alphabetic))
}

/// Returns what a record is called where it lies: its file's name without extension, or its folder's.
pub fn slug_of(path: &BookPath) -> String {
    folder_of_its_own(path).unwrap_or_else(|| path.stem().to_owned())
}

/// Returns the folder of the collection that a record belongs to.
pub fn collection_of(path: &BookPath) -> BookPath {
    let folder = path.parent();
    if folder_of_its_own(path).is_some() { folder.parent() } else { folder }
}

/// Reads the number of `0012-title`, `adr-012-title`, `eip-12`, `ADR-12`, `abc-adr-0001-title`; a date is no number.
pub fn number_of_name(stem: &str) -> Option<u32> {
    let numbered = numbered(stem)?;
    let word = numbered.word();
    let words: Vec<&str> = word.split(SIGNS).filter(|word| !word.is_empty()).collect();
    let known = words.len() <= 2 && words.last().is_none_or(|last| PREFIXES.contains(last));
    known.then(|| numbered.number()).flatten()
}

/// Reads the day of `20240116-title`, `2024-01-16-title`, `2024_01_16_title` and `20240116093000_title`.
pub fn date_of_name(stem: &str) -> Option<Date> {
    let digits = stem.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(stem.len());
    if matches!(digits, 8 | 14) {
        return day::compact(&stem[..8]);
    }
    let begin = stem.get(..10)?;
    let sign = begin.as_bytes()[4];
    let separated = digits == 4 && matches!(sign, b'-' | b'_' | b'.') && begin.as_bytes()[7] == sign;
    let bounded = stem[10..].is_empty() || !stem[10..].starts_with(|letter: char| letter.is_ascii_digit());
    (separated && bounded)
        .then(|| Date::new(begin[..4].parse().ok()?, begin[5..7].parse().ok()?, begin[8..].parse().ok()?))?
}

/// Returns a title made of a name: `0012-use-mysql` is `Use mysql`. A name that is its number alone stays one.
pub(in crate::decision) fn title_of_slug(slug: &str, number: Option<u32>) -> String {
    let numbered = numbered(slug).filter(|numbered| number.is_some() && numbered.number() == number);
    let rest = match numbered {
        Some(numbered) => numbered.rest,
        None if date_of_name(slug).is_some() => {
            slug.trim_start_matches(|letter: char| letter.is_ascii_digit() || SIGNS.contains(&letter))
        }
        None => slug,
    };
    let rest = rest.trim_start_matches(SIGNS);
    if rest.is_empty() {
        // `eip-20` and `0012` are names already.
        return slug.to_uppercase();
    }
    let words = rest.replace(['-', '_'], " ");
    let mut letters = words.trim().chars();
    letters.next().map_or_else(|| slug.to_owned(), |first| first.to_uppercase().chain(letters).collect())
}

/// Returns a title without the number that stands before it: `12. Use MySQL` is `Use MySQL`.
///
/// Digits without a sign after them are a number only where they are the record's own: `23 Logging` is `Logging` in
/// `023-logging.md`, and `10 reasons` stays.
pub(in crate::decision) fn without_number(title: &str, number: Option<u32>) -> &str {
    let opening = title.trim_start_matches(['[', '(', '#', ' ']);
    if let Some(rest) = without_own_code(opening, number) {
        return rest;
    }
    let (prefixed, rest) = match without_prefix(opening) {
        Some(rest) => (true, rest),
        None => (false, opening),
    };
    let numbered = rest.trim_start_matches(['-', ' ', '#', '_']);
    let digits = numbered.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(numbered.len());
    if digits == 0 {
        // `ADR: Use MySQL`, `ADR — Use MySQL`
        let signs = [": ", " — ", " – ", " - "];
        let named =
            signs.iter().find_map(|sign| rest.strip_prefix(sign)).filter(|rest| prefixed && !rest.trim().is_empty());
        return named.map_or(title, str::trim);
    }
    let after = &numbered[digits..];
    let name = after.trim_start_matches(SEPARATORS);
    let separator = &after[..after.len() - name.len()];
    let is_own = numbered[..digits].parse().ok().is_some_and(|value: u32| Some(value) == number);
    let signed = separator.contains(' ') && !separator.trim().is_empty() || separator.starts_with(':');
    let by_space = separator.contains(' ') && (prefixed || is_own);
    // `0002-Use MySQL`, as files are named
    let as_file = is_own && separator == "-" && numbered.starts_with('0');
    if digits <= 5 && (signed || by_space || as_file) && !name.is_empty() { name } else { title }
}

/// Drops `TEP-0044: ` where 44 is the record's own number, whatever its team calls its records.
fn without_own_code(title: &str, number: Option<u32>) -> Option<&str> {
    let start = title.find(|letter: char| letter.is_ascii_digit())?;
    let prefix = title[..start].trim_end_matches(SIGNS);
    // `Acme RFC 0044: `
    let words: Vec<&str> = prefix.split(' ').collect();
    let of_team = words.len() <= 3 && words.last().is_some_and(|last| PREFIXES.contains(&last.to_lowercase().as_str()));
    let is_word = !prefix.is_empty() && prefix.len() <= 24 && (words.len() == 1 || of_team);
    let worded = is_word && prefix.chars().all(|letter| letter.is_alphabetic() || matches!(letter, '-' | '_' | ' '));
    let digits = title[start..].find(|letter: char| !letter.is_ascii_digit())?;
    let after = &title[start + digits..];
    let name = after.trim_start_matches(SEPARATORS);
    let signed = !after[..after.len() - name.len()].trim().is_empty() && !after.starts_with('.');
    let is_own = number.is_some() && title[start..start + digits].parse().ok() == number;
    (worded && signed && is_own && !name.is_empty()).then_some(name)
}

/// What stands between a number and a title.
const SEPARATORS: &[char] = &[' ', '\u{a0}', '.', ':', ')', ']', '-', '–', '—', '|'];

/// What titles begin with instead of `ADR`.
const PHRASES: &[&str] =
    &["architecture decision record", "architectural decision record", "decision record", "architecture decision"];

/// Drops `ADR`, `RFC` and their like before a sign or a number.
fn without_prefix(text: &str) -> Option<&str> {
    let rest = PREFIXES.iter().chain(PHRASES).filter_map(|prefix| {
        let begin = text.get(..prefix.len())?;
        begin.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
    });
    rest.filter(|rest| !rest.starts_with(char::is_alphabetic)).min_by_key(|rest| rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_stand_in_names() {
        for (stem, number, date) in [
            ("0012-x", Some(12), None),
            ("adr-007-x", Some(7), None),
            ("adr001-add-adr-log", Some(1), None),
            ("ADR-12", Some(12), None),
            ("eip-1559", Some(1559), None),
            ("1011-process.exit", Some(1011), None),
            ("20240116-x", None, Date::new(2024, 1, 16)),
            ("2024-01-16-x", None, Date::new(2024, 1, 16)),
            ("20240116093000_x", None, Date::new(2024, 1, 16)),
            ("notes", None, None),
            ("3d-printing", None, None),
            ("日本語", None, None),
        ] {
            assert_eq!((number_of_name(stem), date_of_name(stem)), (number, date), "{stem}");
        }
    }

    #[test]
    fn a_title_loses_its_own_number_only() {
        for (title, number, expected) in [
            ("12. Use MySQL", Some(12), "Use MySQL"),
            ("3. Use MySQL", Some(33), "Use MySQL"),
            ("23 Logging", Some(23), "Logging"),
            ("020. Environments", Some(20), "Environments"),
            ("ADR 001: Coin", Some(1), "Coin"),
            ("ADR-0042 - Coin", None, "Coin"),
            ("[ADR-0042] Coin", None, "Coin"),
            ("KEP-1205: Tokens", Some(1205), "Tokens"),
            ("ADR: Use MySQL", None, "Use MySQL"),
            ("Architecture Decision Record: Use MySQL", None, "Use MySQL"),
            ("Architecture Decision Record 12 - Use MySQL", None, "Use MySQL"),
            ("Architecture decision records in Git", None, "Architecture decision records in Git"),
            ("0008 - Server: Adopt CQS", Some(8), "Server: Adopt CQS"),
            ("10 reasons", Some(3), "10 reasons"),
            ("2.0 is out", Some(3), "2.0 is out"),
            ("Drop X", Some(3), "Drop X"),
            ("Decision: keep X", None, "keep X"),
            ("Decisions for all", None, "Decisions for all"),
            ("12.", Some(12), "12."),
        ] {
            assert_eq!(without_number(title, number), expected, "{title}");
        }
    }

    #[test]
    fn companions_are_no_records() {
        for (path, expected) in [
            ("adr/index.md", true),
            ("adr/README.md", true),
            ("adr/template.md", true),
            ("adr/0000-template.md", true),
            ("adr/adr-template-bare.md", true),
            ("adr/templates/x.md", true),
            ("keps/NNNN-kep-template/README.md", true),
            ("adr/XXXX-short-title.md", true),
            ("adr/2024-01-16-x/README.md", false),
            ("keps/sig-a/1205-x/README.md", false),
            ("adr/2024/README.md", true),
            ("adr/0024/README.md", false),
            ("adr/0007-prompt-template.md", false),
            ("adr/0013-template.md", false),
        ] {
            assert_eq!(is_companion(&BookPath::new(path).unwrap()), expected, "{path}");
        }
    }
}
