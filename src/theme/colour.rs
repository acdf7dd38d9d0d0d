//! An accent colour that can be read: one colour comes in, its shades for light and dark pages come out.
//!
//! Hue and strength stay, and the lightness moves until the contrast is enough. OKLCH as Björn Ottosson describes it
//! (<https://bottosson.github.io/posts/oklab/>), contrast as WCAG 2.2 does.

/// A colour of the screen, each part from 0 to 1, with the gamma of sRGB.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Rgb([f64; 3]);

/// The shades of an accent colour.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Accent {
    /// For text and marks: on light pages, on dark ones.
    pub text: [String; 2],
    /// Behind what is marked.
    pub soft: [String; 2],
    /// On a surface of the accent colour.
    pub on: [String; 2],
}

/// The contrast that text has at least, a little above the 4.5 of WCAG AA.
const CONTRAST: f64 = 4.7;

/// The colours of light and dark pages.
const PAGES: [Rgb; 2] = [Rgb([1.0, 1.0, 1.0]), Rgb([0.071, 0.094, 0.106])];

impl Accent {
    /// Reads `#7a1f5c` or `#a3c`, or nothing where the text is no such colour.
    pub fn read(text: &str) -> Option<Self> {
        let [_, strength, hue] = lch(parse(text)?);
        let soft = [of_lch(0.955, strength.min(0.03), hue), of_lch(0.3, strength.min(0.045), hue)];
        let light = (0..=70).map(|step| 0.7 - f64::from(step) / 100.0);
        let dark = (0..=40).map(|step| 0.6 + f64::from(step) / 100.0);
        let shade = |lightness: f64, at: usize| {
            let colour = of_lch(lightness, strength.min([0.17, 0.13][at]), hue);
            (contrast(colour, soft[at]) >= CONTRAST && contrast(colour, PAGES[at]) >= CONTRAST).then_some(colour)
        };
        let own = lch(parse(text)?)[0];
        // The author's own lightness where it can be read; else the nearest that can.
        let light =
            std::iter::once(own).filter(|own| *own < 0.7).chain(light).find_map(|lightness| shade(lightness, 0));
        let dark = std::iter::once(own).filter(|own| *own > 0.6).chain(dark).find_map(|lightness| shade(lightness, 1));
        Some(Self {
            text: [hex(light?), hex(dark?)],
            soft: soft.map(hex),
            on: [hex(PAGES[0]), hex(of_lch(0.2, strength.min(0.03), hue))],
        })
    }
}

fn parse(text: &str) -> Option<Rgb> {
    let digits = text.trim().strip_prefix('#')?;
    let digit = |at: usize| u8::from_str_radix(digits.get(at..=at)?, 16).ok();
    let part = |at: usize| match digits.len() {
        3 => Some(digit(at)? * 17),
        6 => Some(digit(2 * at)? * 16 + digit(2 * at + 1)?),
        _ => None,
    };
    Some(Rgb([part(0)?, part(1)?, part(2)?].map(|part| f64::from(part) / 255.0)))
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the parts are clamped")]
fn hex(Rgb(parts): Rgb) -> String {
    let [red, green, blue] = parts.map(|part| (part.clamp(0.0, 1.0) * 255.0).round() as u8);
    format!("#{red:02x}{green:02x}{blue:02x}")
}

fn linear(part: f64) -> f64 {
    if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
}

fn gamma(part: f64) -> f64 {
    let part = part.clamp(0.0, 1.0);
    if part <= 0.003_130_8 { part * 12.92 } else { 1.055 * part.powf(1.0 / 2.4) - 0.055 }
}

/// Lightness, strength and hue.
fn lch(Rgb(parts): Rgb) -> [f64; 3] {
    let [r, g, b] = parts.map(linear);
    let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
    let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
    let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
    let lightness = 0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s;
    let a = 1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s;
    let b = 0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s;
    [lightness, a.hypot(b), b.atan2(a)]
}

fn of_lch(lightness: f64, strength: f64, hue: f64) -> Rgb {
    let (a, b) = (strength * hue.cos(), strength * hue.sin());
    let l = (lightness + 0.396_337_777_4 * a + 0.215_803_757_3 * b).powi(3);
    let m = (lightness - 0.105_561_345_8 * a - 0.063_854_172_8 * b).powi(3);
    let s = (lightness - 0.089_484_177_5 * a - 1.291_485_548_0 * b).powi(3);
    Rgb([
        4.076_741_662_1 * l - 3.307_711_591_3 * m + 0.230_969_929_2 * s,
        -1.268_438_004_6 * l + 2.609_757_401_1 * m - 0.341_319_396_5 * s,
        -0.004_196_086_3 * l - 0.703_418_614_7 * m + 1.707_614_701_0 * s,
    ]
    .map(gamma))
}

fn contrast(one: Rgb, other: Rgb) -> f64 {
    let luminance = |Rgb(parts): Rgb| {
        let [r, g, b] = parts.map(linear);
        0.2126 * r + 0.7152 * g + 0.0722 * b
    };
    let (one, other) = (luminance(one) + 0.05, luminance(other) + 0.05);
    one.max(other) / one.min(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_accent_can_be_read_on_light_and_dark_pages() {
        for red in (0..=255).step_by(51) {
            for green in (0..=255).step_by(51) {
                for blue in (0..=255).step_by(51) {
                    let text = format!("#{red:02x}{green:02x}{blue:02x}");
                    let accent = Accent::read(&text).unwrap_or_else(|| panic!("{text} has no shade"));
                    for (at, page) in PAGES.into_iter().enumerate() {
                        let of = |text: &str| parse(text).unwrap();
                        let shade = of(&accent.text[at]);
                        for ground in [page, of(&accent.soft[at]), of(&accent.on[at])] {
                            assert!(contrast(shade, ground) >= 4.5, "{text}: {accent:?}");
                        }
                    }
                }
            }
        }
    }

    #[test]
    fn a_colour_that_can_be_read_stays_as_it_is() {
        assert_eq!(Accent::read("#7a1f5c").unwrap().text[0], "#7a1f5c");
        assert_eq!(Accent::read("#a3c").unwrap(), Accent::read("#AA33CC").unwrap());
        for text in ["red", "#12345", "#gggggg", "#é1234", "", "7a1f5c;}"] {
            assert_eq!(Accent::read(text), None, "{text}");
        }
    }
}
