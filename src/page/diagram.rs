//! Mermaid diagrams, drawn at build time as SVG, once for light and once for dark pages.
//!
//! The drawings are files of their own and shown as images: no script of theirs can run, and their styles need no
//! exception from the content security policy.

mod entities;
mod grammar;
mod labels;

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::active_content;
use crate::file::Artifact;
use crate::fingerprint::Fingerprint;
use crate::path::SitePath;

use super::Labels;
use super::foreign::{NoAnswer, Runner};
use super::highlight::Engine;
use super::writer::escaped;
use entities::Encoded;
pub(super) use labels::labels;

/// A drawn diagram.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Diagram {
    light: Drawing,
    dark: Drawing,
    /// The size of the light drawing in CSS pixels.
    size: Option<(u32, u32)>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Drawing {
    path: SitePath,
    svg: Arc<[u8]>,
}

impl Diagram {
    /// Returns the files of the drawings, for light and for dark.
    pub fn artifacts(&self) -> impl Iterator<Item = Artifact> {
        [&self.light, &self.dark].into_iter().map(|drawing| Artifact::new(drawing.path.clone(), drawing.svg.clone()))
    }

    /// Returns where the drawings go, for light and for dark.
    pub(super) fn paths(&self) -> impl Iterator<Item = SitePath> + use<> {
        [self.light.path.clone(), self.dark.path.clone()].into_iter()
    }
}

/// The longest diagram that is drawn, in bytes.
const LONGEST: usize = 64 * 1024;

/// Why there is no drawing.
pub(super) enum Fault {
    /// The text is no diagram that can be drawn; with the parser's words.
    Invalid(String),
    /// Drawing did not end, or there is nothing left of a budget.
    Stopped,
}

/// Draws a diagram.
pub(super) fn draw(source: &str, runner: &mut Runner<'_, Engine>) -> Result<Diagram, Fault> {
    if source.len() > LONGEST {
        return Err(Fault::Invalid(format!("longer than {LONGEST} bytes")));
    }
    let encoded = Encoded::new(source);
    let drawn = runner.run(move |_, stop| {
        let light = encoded.decode(engine::svg(&encoded.text, "neutral", stop)?);
        let dark = encoded.decode(engine::svg(&encoded.text, "dark", stop)?);
        Ok::<_, String>((light, dark))
    });
    let (light, dark) = match drawn {
        Ok(drawn) => drawn.map_err(Fault::Invalid)?,
        Err(NoAnswer::Failed) => {
            return Err(Fault::Invalid("it is more than the program that draws can read".to_owned()));
        }
        Err(NoAnswer::TooMuchWork) => return Err(Fault::Stopped),
    };
    for svg in [&light, &dark] {
        let checked = active_content::check("diagram.svg", svg.as_bytes());
        checked.map_err(|active| Fault::Invalid(format!("what it draws could run: {active}")))?;
    }
    let size = view_box(&light);
    Ok(Diagram { light: drawing(light), dark: drawing(dark), size })
}

fn drawing(svg: String) -> Drawing {
    let name = format!("assets/diagrams/{}.svg", Fingerprint::of_bytes(svg.as_bytes()).short());
    Drawing { path: SitePath::new(&name).expect("a plain name"), svg: svg.into_bytes().into() }
}

/// Returns the HTML of a diagram. `marks` are those of the two targets.
pub(super) fn figure(
    source: &str,
    diagram: &Diagram,
    labels: &Labels,
    marks: &mut impl Iterator<Item = String>,
) -> String {
    let size =
        diagram.size.map(|(width, height)| format!(" width=\"{width}\" height=\"{height}\"")).unwrap_or_default();
    let alt = alternative(source, labels);
    let mut html = String::from("<figure class=\"diagram\">");
    for (class, mark) in ["light-only", "dark-only"].into_iter().zip(marks) {
        html += &format!("<img class=\"{class}\" src=\"{mark}\" alt=\"{}\"{size} loading=\"lazy\" />", escaped(&alt));
    }
    html + &format!(
        "<details><summary>{}</summary><pre tabindex=\"0\">{}</pre></details></figure>",
        escaped(&labels.diagram_text),
        escaped(source.trim_end())
    )
}

/// The author's title of the diagram, or its kind.
fn alternative(source: &str, labels: &Labels) -> String {
    let mut lines =
        source.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("%%") && *line != "---");
    let title = source.lines().map(str::trim).find_map(|line| {
        let title = line
            .strip_prefix("accTitle:")
            .or_else(|| line.strip_prefix("title:"))
            .or_else(|| line.strip_prefix("title "));
        title.map(|title| title.trim().to_owned()).filter(|title| !title.is_empty())
    });
    title.unwrap_or_else(|| {
        let kind = lines.next().and_then(|line| line.split_whitespace().next()).unwrap_or("Mermaid");
        labels.diagram.replace("{kind}", kind)
    })
}

/// Reads the size that an SVG gives itself.
fn view_box(svg: &str) -> Option<(u32, u32)> {
    let (_, rest) = svg.split_once("viewBox=\"")?;
    let numbers: Vec<f64> =
        rest.split('"').next()?.split_whitespace().filter_map(|number| number.parse().ok()).collect();
    match numbers[..] {
        [_, _, width, height] if width >= 1.0 && height >= 1.0 => Some((width.ceil() as u32, height.ceil() as u32)),
        _ => None,
    }
}

#[cfg(feature = "diagrams")]
mod engine {
    use merman::svg::SvgPipeline;
    use merman::{Engine, MermaidConfig, OperationControl, RenderOutput, RenderRequest, Renderer, SvgRequest};

    use super::super::foreign::Stop;

    pub(super) fn svg(source: &str, theme: &str, stop: &Stop) -> Result<String, String> {
        let mut config = MermaidConfig::empty_object();
        config.set_value("theme", theme.into());
        config.set_value("htmlLabels", false.into());
        config.set_value("flowchart.htmlLabels", false.into());
        config.set_value("fontFamily", "system-ui, sans-serif".into());
        let renderer = Renderer::new().with_engine(Engine::new().with_site_config(config));
        let svg = draw(&renderer, source, SvgRequest::default(), stop)?;
        if !svg.contains("<foreignObject") {
            return Ok(svg);
        }
        // Some kinds of diagrams, and settings in the source, put HTML of the author into the drawing.
        let request = SvgRequest { pipeline: Some(SvgPipeline::resvg_safe()), ..SvgRequest::default() };
        let svg = draw(&renderer, source, request, stop)?;
        // Its labels are cut off at a width that it only guesses.
        Ok(svg.replace("style=\"overflow:hidden;", "style=\"overflow:visible;"))
    }

    fn draw(renderer: &Renderer, source: &str, request: SvgRequest, stop: &Stop) -> Result<String, String> {
        let control = OperationControl::new();
        let seen = control.clone();
        stop.calls(move || seen.cancel());
        match renderer.render(RenderRequest::svg(source, control, request)) {
            Ok(RenderOutput::Svg(Some(svg))) => Ok(svg.svg().to_owned()),
            Ok(_) => Err("its first line names no kind of diagram that is known".to_owned()),
            Err(error) => Err(error.to_string().lines().next().unwrap_or("").to_owned()),
        }
    }
}

#[cfg(not(feature = "diagrams"))]
mod engine {
    use super::super::foreign::Stop;

    pub(super) fn svg(_: &str, _: &str, _: &Stop) -> Result<String, String> {
        Err("this program was built without the feature `diagrams`".to_owned())
    }
}
