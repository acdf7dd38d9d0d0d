//! What a site comes to, beside what its host takes, and what it needs of one.

use std::path::Path;

use super::{Error, report};
use crate::disk::{self, Extent};
use crate::host::{Host, Limits};

/// Returns a line for the end of a build, and warns of what the host would refuse; nothing where no host is named.
pub(super) fn report(host: Option<Host>, folder: &Path) -> Result<String, Error> {
    let Some(host) = host else { return Ok(String::new()) };
    let extent = disk::measure(folder)?;
    let limits = host.limits();
    for fault in faults(&extent, limits) {
        report::warning(&format!("{} takes {fault}", host.title()));
    }
    Ok(format!("  for {}: {}\n", host.title(), summary(&extent, limits)))
}

/// Returns a line for the end of a build whose pages no longer find each other on a disk, where no host says that they stand
/// on one.
pub(super) fn note(host: Option<Host>, works_on_disk: bool) -> &'static str {
    if host.is_some() || works_on_disk {
        ""
    } else {
        "  links have no `.html`: pages need a server, and `precedent serve` is one\n"
    }
}

fn summary(extent: &Extent, limits: Limits) -> String {
    let entries = entries(extent, limits);
    let noun = if limits.counts_folders { "files and folders" } else { "files" };
    let of = |most: Option<String>| most.map_or(String::new(), |most| format!(" of {most}"));
    let files = format!("{} {noun}{}", grouped(entries), of(limits.files.map(grouped)));
    let plan = if limits.plan.is_empty() { String::new() } else { format!(" ({})", limits.plan) };
    format!("{files}, {}{}{plan}", size(extent.bytes), of(limits.bytes.map(size)))
}

/// Says what of a site is more than its host takes.
fn faults(extent: &Extent, limits: Limits) -> Vec<String> {
    let Limits { files, counts_folders: _, bytes, file_bytes, plan } = limits;
    let plan = if plan.is_empty() { String::new() } else { format!(" on {plan}") };
    let mut faults = Vec::new();
    let entries = entries(extent, limits);
    if let Some(most) = files.filter(|most| entries > *most) {
        faults.push(format!("{} files{plan}, and the site has {}", grouped(most), grouped(entries)));
    }
    if let Some(most) = bytes.filter(|most| extent.bytes > *most) {
        faults.push(format!("{}{plan}, and the site has {}", size(most), size(extent.bytes)));
    }
    if let Some((most, (name, bytes))) = file_bytes.zip(extent.largest.as_ref()).filter(|(most, (_, of))| of > most) {
        faults.push(format!("files of {}{plan}, and `{name}` has {}", size(most), size(*bytes)));
    }
    faults
}

fn entries(extent: &Extent, limits: Limits) -> u64 {
    extent.files + if limits.counts_folders { extent.folders } else { 0 }
}

/// Writes a number with commas between its thousands.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Writes a number of bytes as people read it.
fn size(bytes: u64) -> String {
    #[expect(clippy::cast_precision_loss, reason = "three digits are shown")]
    let in_units = |unit: u64| bytes as f64 / unit as f64;
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{:.0} kB", in_units(1_000)),
        1_000_000..1_000_000_000 => format!("{:.1} MB", in_units(1_000_000)).replace(".0 ", " "),
        _ => format!("{:.1} GB", in_units(1_000_000_000)).replace(".0 ", " "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_site_comes_to_stands_beside_what_the_host_takes() {
        let extent =
            Extent { files: 20_001, folders: 7, bytes: 2_500_000, largest: Some(("a.mp4".to_owned(), 30 << 20)) };
        assert_eq!(summary(&extent, Host::Cloudflare.limits()), "20,001 files of 20,000, 2.5 MB (the free plan)");
        assert_eq!(
            faults(&extent, Host::Cloudflare.limits()),
            [
                "20,000 files on the free plan, and the site has 20,001",
                "files of 26.2 MB on the free plan, and `a.mp4` has 31.5 MB"
            ]
        );
        assert_eq!(
            summary(&extent, Host::GitLab.limits()),
            "20,008 files and folders of 200,000, 2.5 MB of 1 GB (gitlab.com)"
        );
        assert_eq!(faults(&extent, Host::GitLab.limits()), [""; 0]);
        assert_eq!(summary(&extent, Host::Nginx.limits()), "20,001 files, 2.5 MB");
    }
}
