//! How large an image is, read from the first bytes of its file: what a browser must know before it has the image, so
//! that nothing moves when it comes.

/// Returns width and height in pixels of a PNG, GIF, JPEG, WebP or SVG; nothing where the file does not say it.
pub fn image_size(bytes: &[u8]) -> Option<(u32, u32)> {
    let size = match bytes {
        [0x89, b'P', b'N', b'G', ..] => (big(bytes, 16, 4)?, big(bytes, 20, 4)?),
        [b'G', b'I', b'F', b'8', ..] => (little(bytes, 6, 2)?, little(bytes, 8, 2)?),
        [0xFF, 0xD8, ..] => jpeg(bytes)?,
        [b'R', b'I', b'F', b'F', ..] if bytes.get(8..12)? == b"WEBP" => webp(bytes)?,
        _ => svg(bytes)?,
    };
    let is_sane = |length: u32| (1..=100_000).contains(&length);
    (is_sane(size.0) && is_sane(size.1)).then_some(size)
}

fn big(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(length)?)?;
    Some(bytes.iter().fold(0, |sum, byte| (sum << 8) | u32::from(*byte)))
}

fn little(bytes: &[u8], at: usize, length: usize) -> Option<u32> {
    let bytes = bytes.get(at..at.checked_add(length)?)?;
    Some(bytes.iter().rev().fold(0, |sum, byte| (sum << 8) | u32::from(*byte)))
}

/// Walks the segments to the one that begins a frame. A picture that a camera turned is left out: its sides are swapped.
fn jpeg(bytes: &[u8]) -> Option<(u32, u32)> {
    let mut at = 2;
    loop {
        if *bytes.get(at)? != 0xFF {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        let length = usize::try_from(big(bytes, at + 2, 2)?).ok()?;
        match marker {
            0xFF => at += 1,
            0xE1 if bytes.get(at + 4..at + 8)? == b"Exif" => return None,
            0xC0..=0xCF if !matches!(marker, 0xC4 | 0xC8 | 0xCC) => {
                return Some((big(bytes, at + 7, 2)?, big(bytes, at + 5, 2)?));
            }
            _ => at += 2 + length,
        }
    }
}

fn webp(bytes: &[u8]) -> Option<(u32, u32)> {
    match bytes.get(12..16)? {
        b"VP8 " => Some((little(bytes, 26, 2)? & 0x3FFF, little(bytes, 28, 2)? & 0x3FFF)),
        b"VP8L" => {
            let bits = little(bytes, 21, 4)?;
            Some(((bits & 0x3FFF) + 1, ((bits >> 14) & 0x3FFF) + 1))
        }
        b"VP8X" => Some((little(bytes, 24, 3)? + 1, little(bytes, 27, 3)? + 1)),
        _ => None,
    }
}

/// The size that the root element states, else that of its `viewBox`.
fn svg(bytes: &[u8]) -> Option<(u32, u32)> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(4096)]);
    let tag = head.split_once("<svg")?.1.split('>').next()?;
    let attribute = |name: &str| {
        let (_, value) = tag.split_once(&format!(" {name}=\""))?;
        value.split('"').next()
    };
    let length = |text: &str| -> Option<u32> {
        let number: f64 = text.trim().trim_end_matches("px").parse().ok()?;
        whole(number)
    };
    let stated = attribute("width").and_then(length).zip(attribute("height").and_then(length));
    stated.or_else(|| {
        let numbers = attribute("viewBox")?.split([' ', ',']).filter(|part| !part.is_empty());
        let numbers: Vec<f64> = numbers.map_while(|part| part.parse().ok()).collect();
        let [_, _, width, height] = numbers[..] else { return None };
        whole(width).zip(whole(height))
    })
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "the number is in range")]
fn whole(number: f64) -> Option<u32> {
    (1.0..=100_000.0).contains(&number).then(|| number.round() as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_size_stands_in_the_first_bytes() {
        let png = [&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..], &[0, 0, 2, 128, 0, 0, 1, 224]].concat();
        assert_eq!(image_size(&png), Some((640, 480)));
        assert_eq!(image_size(b"GIF89a\x80\x02\xe0\x01"), Some((640, 480)));
        let jpeg = [&[0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2][..], &[0xFF, 0xC2, 0, 8, 8, 1, 0xE0, 2, 0x80, 3]].concat();
        assert_eq!(image_size(&jpeg), Some((640, 480)));
        let webp = [&b"RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0"[..], &[0x7F, 2, 0, 0xDF, 1, 0]].concat();
        assert_eq!(image_size(&webp), Some((640, 480)));
        assert_eq!(image_size(b"<?xml?><svg xmlns=\"x\" width=\"640px\" height=\"480\">"), Some((640, 480)));
        assert_eq!(image_size(b"<svg viewBox=\"0 0 640.2 480\" width=\"100%\">"), Some((640, 480)));
    }

    #[test]
    fn what_says_no_size_has_none() {
        for bytes in [
            &b""[..],
            b"text",
            b"\x89PNG",
            b"\xff\xd8\xff\xe0\0\0",
            b"RIFF\0\0\0\0WEBPVP8 ",
            b"<svg>",
            b"GIF89a\0\0\0\0",
        ] {
            assert_eq!(image_size(bytes), None, "{bytes:?}");
        }
    }
}
