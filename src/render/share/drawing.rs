//! Lays a card out as SVG and draws it, with fonts of its own.

use std::sync::{Arc, LazyLock};

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};

use super::Card;

const WIDTH: u32 = 1200;
const HEIGHT: u32 = 630;

/// The space at the sides, and what is left between them, in pixels.
const MARGIN: f32 = 84.0;
const WITHIN: f32 = WIDTH as f32 - 2.0 * MARGIN;

/// The sizes that a title may have, the first that makes no more lines than fit, in pixels, with those lines.
const SIZES: [(f32, usize); 3] = [(68.0, 3), (56.0, 4), (44.0, 5)];

/// Inter, under the SIL Open Font License 1.1; `themes/make-fonts` makes the files.
static FONTS: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut fonts = Database::new();
    fonts.load_font_data(include_bytes!("../../../themes/fonts/inter-regular.ttf").to_vec());
    fonts.load_font_data(include_bytes!("../../../themes/fonts/inter-semibold.ttf").to_vec());
    fonts.into()
});

pub(super) fn draw(card: &Card) -> Vec<u8> {
    let tree = read(&svg(card));
    let mut image = Pixmap::new(WIDTH, HEIGHT).expect("the image has a size");
    resvg::render(&tree, Transform::identity(), &mut image.as_mut());
    image.encode_png().expect("an image in memory can be encoded")
}

fn read(svg: &str) -> Tree {
    let options = Options { fontdb: FONTS.clone(), font_family: "Inter".to_owned(), ..Options::default() };
    Tree::from_str(svg, &options).expect("it is well-formed, and every text in it is escaped")
}

fn svg(card: &Card) -> String {
    let Card { label, title, status, book } = card;
    let (size, lines) = lines(title);
    let step = size * 1.2;
    let last = if status.is_some() { 440.0 } else { 510.0 };
    let first = last - step * (lines.len() - 1) as f32;
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{HEIGHT}\">\
        <rect width=\"{WIDTH}\" height=\"{HEIGHT}\" fill=\"#ffffff\"/><rect width=\"20\" height=\"{HEIGHT}\" fill=\"#00626e\"/>"
    );
    if book != title {
        out += &text(book, (MARGIN, 112.0), 32.0, 600, "#4b585c");
    }
    if let Some(label) = label {
        out += &text(label, (MARGIN, first - size - 18.0), 40.0, 400, "#4b585c");
    }
    for (at, line) in lines.iter().enumerate() {
        out += &text(line, (MARGIN, first + step * at as f32), size, 600, "#10181b");
    }
    if let Some((word, state)) = status {
        let colour = colour(state);
        let width = width_of(word, 32.0, 600) + 56.0;
        out += &format!(
            "<rect x=\"{MARGIN}\" y=\"492\" width=\"{width}\" height=\"60\" rx=\"30\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"3\"/>"
        );
        out += &text(word, (MARGIN + 28.0, 533.0), 32.0, 600, colour);
    }
    out + "</svg>"
}

/// The colours in which pages show the states.
fn colour(state: &str) -> &'static str {
    match state {
        "accepted" => "#1c6b34",
        "rejected" => "#b3261e",
        "superseded" => "#6b3fa0",
        "deprecated" => "#8a5a00",
        _ => "#1f5fa8",
    }
}

fn text(text: &str, (x, y): (f32, f32), size: f32, weight: u32, fill: &str) -> String {
    let text = escaped(&fitting(text, size, weight));
    format!("<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" font-weight=\"{weight}\" fill=\"{fill}\">{text}</text>")
}

/// Cuts a text that is wider than the card.
fn fitting(text: &str, size: f32, weight: u32) -> String {
    let mut kept = text.to_owned();
    while width_of(&kept, size, weight) > WITHIN {
        let most = kept.trim_end_matches('…').char_indices().next_back().map_or(0, |(at, _)| at);
        // A word of hundreds of letters is cut by more than one at a time.
        let at = kept.floor_char_boundary(most.min(most * 9 / 10 + 1));
        kept = kept[..at].trim_end().to_owned() + "…";
        if at == 0 {
            break;
        }
    }
    kept
}

/// Breaks a title into lines, in the largest size in which it fits; at the end it is cut.
fn lines(title: &str) -> (f32, Vec<String>) {
    let broken = SIZES.map(|(size, most)| (size, most, broken(title, size)));
    let fits = broken.iter().find(|(_, most, lines)| lines.len() <= *most);
    let (size, most, lines) = fits.unwrap_or(&broken[broken.len() - 1]);
    let mut lines = lines.clone();
    if lines.len() > *most {
        lines.truncate(*most);
        lines.last_mut().expect("a title has a line").push('…');
    }
    (*size, lines)
}

fn broken(title: &str, size: f32) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in title.split_whitespace() {
        let line = lines.last_mut().expect("there is one");
        let longer = if line.is_empty() { word.to_owned() } else { format!("{line} {word}") };
        if line.is_empty() || width_of(&longer, size, 600) <= WITHIN {
            *line = longer;
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}

/// Measures a text as it will be drawn, in pixels.
fn width_of(text: &str, size: f32, weight: u32) -> f32 {
    let text = escaped(text);
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"><text font-size=\"{size}\" font-weight=\"{weight}\">{text}</text></svg>"
    );
    read(&svg).root().bounding_box().width()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}
