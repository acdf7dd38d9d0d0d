//! What of `style="…"` a page keeps: where things stand and how large they are, as attributes or classes of the theme.
//!
//! The content security policy forbids inline styles, and colours of an author cannot know light and dark.

/// What a declaration becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::page) enum Read {
    /// An attribute and its value.
    Attribute(&'static str, String),
    /// A class that every theme has.
    Class(&'static str),
    /// Nothing: this property is left out.
    Left(String),
}

/// Reads the declarations of a style.
pub(in crate::page) fn read(element: &str, style: &str) -> Vec<Read> {
    let declarations = style.split(';').filter_map(|declaration| declaration.split_once(':'));
    declarations.map(|(name, value)| declaration(element, &name.trim().to_lowercase(), value)).collect()
}

fn declaration(element: &str, name: &str, value: &str) -> Read {
    let value = value.trim().trim_end_matches("!important").trim().to_lowercase();
    let is_cell = matches!(element, "td" | "th" | "tr" | "col" | "colgroup" | "tbody" | "thead" | "tfoot");
    let sized = is_cell || matches!(element, "img" | "video" | "table" | "hr" | "picture" | "source");
    let left = || Read::Left(name.to_owned());
    match (name, value.as_str()) {
        ("width", _) if sized => length(&value).map_or_else(left, |size| Read::Attribute("width", size)),
        ("height", _) if sized => length(&value).map_or_else(left, |size| Read::Attribute("height", size)),
        ("text-align", "left" | "start") => Read::Class("align-left"),
        ("text-align", "center") => Read::Class("align-center"),
        ("text-align", "right" | "end") => Read::Class("align-right"),
        ("vertical-align", "top" | "middle" | "bottom" | "baseline") if is_cell => Read::Attribute("valign", value),
        ("float", "left") => Read::Class("float-left"),
        ("float", "right") => Read::Class("float-right"),
        ("margin" | "margin-left" | "margin-inline", "auto" | "0 auto") => Read::Class("centered"),
        // What stands in the middle says all of it there.
        ("margin-right", "auto") | ("display", "block") => Read::Class("block"),
        ("white-space", "nowrap") => Read::Class("nowrap"),
        _ => left(),
    }
}

/// Returns a size as an attribute has it: `200` for `200px`, `50%`.
fn length(value: &str) -> Option<String> {
    let (number, unit) = value.split_at(value.find(|letter: char| !letter.is_ascii_digit() && letter != '.')?);
    let size: f32 = number.parse().ok().filter(|size: &f32| (0.0..100_000.0).contains(size))?;
    match unit.trim() {
        "px" => Some(format!("{size:.0}")),
        "pt" => Some(format!("{:.0}", size * 4.0 / 3.0)),
        "em" | "rem" => Some(format!("{:.0}", size * 16.0)),
        "%" => Some(format!("{size}%")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_harmless_becomes_an_attribute_or_a_class() {
        for (element, style, expected) in [
            (
                "img",
                "width: 50%; Height:200px",
                vec![Read::Attribute("width", "50%".into()), Read::Attribute("height", "200".into())],
            ),
            ("img", "width: 90pt", vec![Read::Attribute("width", "120".into())]),
            ("div", "text-align:center", vec![Read::Class("align-center")]),
            ("td", "vertical-align: top !important;", vec![Read::Attribute("valign", "top".into())]),
            ("img", "float:right; margin: 0 auto", vec![Read::Class("float-right"), Read::Class("centered")]),
            ("div", "width: 50%", vec![Read::Left("width".into())]),
            ("img", "width: calc(1px + 2px)", vec![Read::Left("width".into())]),
            (
                "p",
                "color: red; background: url(x:y)",
                vec![Read::Left("color".into()), Read::Left("background".into())],
            ),
        ] {
            assert_eq!(read(element, style), expected, "{style}");
        }
    }
}
