use super::layout::{Curve, HEIGHT, Layout, WIDTH, layout};
use super::*;

const STATUSES: [&str; 8] =
    ["proposed", "accepted", "rejected", "deprecated", "superseded", "unknown", "", "a new word"];
const VERBS: [&str; 5] = ["supersedes", "amends", "requires", "relates to", "conflicts with"];

/// Builds a graph from a line a record, `number status title`, and a line an edge, `from verb to`.
fn graph(records: &str, edges: &[(usize, &'static str, usize)]) -> Graph {
    let node = |line: &str| {
        let mut words = line.splitn(3, ' ');
        let number = words.next().unwrap_or("").to_owned();
        let status = words.next().unwrap_or("");
        let status = STATUSES.iter().find(|known| **known == status).copied().unwrap_or("");
        let title = words.next().unwrap_or("").to_owned();
        let url = Some(format!("{number}.html"));
        Node { id: format!("adr/{number}"), number, title, status, kind: "decision", url }
    };
    let edge = |&(from, verb, to): &(usize, &'static str, usize)| Edge { from, to, verb };
    Graph { nodes: records.lines().map(node).collect(), edges: edges.iter().map(edge).collect(), ..Graph::default() }
}

/// A linear congruential generator: the same graphs in every run.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end
    }

    /// Draws edges in any direction, some to themselves, some twice, some to nowhere.
    fn graph(&mut self, nodes: usize, edges: usize) -> Graph {
        let title = |count: usize| "Use a queue for 注文 and ".repeat(count);
        let node = |at: usize| Node {
            id: format!("adr/{at}"),
            number: if self.below(5) == 0 { String::new() } else { at.to_string() },
            title: title(self.below(4)),
            status: STATUSES[self.below(STATUSES.len())],
            kind: ["decision", "guideline"][self.below(2)],
            url: (self.below(3) > 0).then(|| format!("{at}.html")),
        };
        let nodes: Vec<Node> = (0..nodes).map(node).collect();
        let mut drawn = Vec::new();
        for _ in 0..edges {
            let mut end = || self.below(nodes.len() + nodes.len() / 50);
            let (from, to) = (end(), end());
            let edge = Edge { from, to, verb: VERBS[self.below(VERBS.len())] };
            drawn.extend(std::iter::repeat_n(edge, 1 + usize::from(self.below(10) == 0)));
        }
        Graph { nodes, edges: drawn, ..Graph::default() }
    }
}

fn each_random_graph(check: impl Fn(&Graph)) {
    let mut chance = Chance(42);
    for (nodes, edges) in [(1, 3), (2, 6), (3, 4), (5, 8), (12, 60), (40, 30), (40, 60), (90, 70), (200, 220)] {
        (0..8).for_each(|_| check(&chance.graph(nodes, edges)));
    }
}

/// Returns the points at which a curve enters and leaves the columns that it passes.
fn passages(curve: &Curve) -> impl Iterator<Item = (f64, f64, f64)> {
    curve.points[1..curve.points.len() - 1].chunks_exact(2).map(|pair| {
        assert_eq!(pair[0].y, pair[1].y, "level within a column");
        (pair[0].x, pair[1].x, pair[0].y)
    })
}

#[test]
fn boxes_keep_apart() {
    each_random_graph(|graph| {
        let boxes = layout(graph).boxes;
        for (at, one) in boxes.iter().enumerate() {
            for other in &boxes[..at] {
                let beside = (one.corner.x - other.corner.x).abs() >= WIDTH + 40.0;
                let below = (one.corner.y - other.corner.y).abs() >= HEIGHT + 15.0;
                assert!(beside || below, "{one:?} {other:?}");
            }
        }
    });
}

#[test]
fn no_line_runs_through_a_box() {
    each_random_graph(|graph| {
        let Layout { boxes, curves, .. } = layout(graph);
        for (left, right, level) in curves.iter().flat_map(passages) {
            for spot in &boxes {
                let beside = right <= spot.corner.x || spot.corner.x + WIDTH <= left;
                let apart = level < spot.corner.y - 8.0 || spot.corner.y + HEIGHT + 8.0 < level;
                assert!(beside || apart, "{left} {right} {level} {spot:?}");
            }
        }
    });
}

#[test]
fn time_flows_to_the_right_and_lines_touch_their_boxes() {
    each_random_graph(|graph| {
        let Layout { boxes, curves, .. } = layout(graph);
        let of = |node: usize| boxes.iter().find(|spot| spot.node == node).unwrap().corner;
        for Curve { edge, points } in &curves {
            let (older, newer) = (of(edge.from.min(edge.to)), of(edge.from.max(edge.to)));
            let (start, end) = (points[0], points[points.len() - 1]);
            assert_eq!((start.x, end.x), (older.x + WIDTH, newer.x));
            assert!(points.windows(2).all(|pair| pair[0].x < pair[1].x), "{points:?}");
            assert!((older.y..=older.y + HEIGHT).contains(&start.y) && (newer.y..=newer.y + HEIGHT).contains(&end.y));
        }
    });
}

#[test]
fn what_is_connected_is_drawn_once() {
    each_random_graph(|graph| {
        let layout = layout(graph);
        let relations = graph.relations();
        let ends: BTreeSet<usize> = relations.iter().flat_map(|edge| [edge.from, edge.to]).collect();
        assert_eq!(layout.boxes.iter().map(|spot| spot.node).collect::<Vec<_>>(), ends.into_iter().collect::<Vec<_>>());
        assert_eq!(layout.curves.iter().map(|curve| curve.edge).collect::<BTreeSet<_>>(), relations);
        assert_eq!(layout.curves.len(), relations.len());
    });
}

/// Returns the numbers after each `marker` of the markup, up to the next quote.
fn numbers<'a>(markup: &'a str, marker: &'a str) -> impl Iterator<Item = Vec<f64>> + 'a {
    let read = |text: &str| text.parse().unwrap_or_else(|_| panic!("no number: {text}"));
    let value = move |rest: &'a str| rest.split('"').next().unwrap_or("");
    markup.split(marker).skip(1).map(move |rest| {
        value(rest)
            .split(|c: char| c.is_ascii_alphabetic() || c == ' ')
            .filter(|part| !part.is_empty())
            .map(read)
            .collect()
    })
}

#[test]
fn every_coordinate_lies_inside_the_view_box() {
    each_random_graph(|graph| {
        let markup = svg(graph, "Decisions");
        let Some(view) = numbers(&markup, "viewBox=\"").next() else { return };
        let [left, top, width, height] = view[..] else { panic!("{view:?}") };
        let inside = |x: f64, y: f64| {
            let room = (left..=left + width).contains(&x) && (top..=top + height).contains(&y);
            assert!(room && x.is_finite() && y.is_finite(), "{x} {y} not in {view:?}");
        };
        let (_, drawing) = markup.split_once("</g>\n</g>").unwrap();
        let (xs, ys) = (numbers(drawing, " x=\""), numbers(drawing, " y=\""));
        xs.zip(ys).for_each(|(x, y)| inside(x[0], y[0]));
        for head in numbers(drawing, "<path class=\"edge-head\" d=\"") {
            head.chunks_exact(2).for_each(|point| inside(point[0], point[1]));
        }
        for Curve { points, .. } in layout(graph).curves {
            points.iter().for_each(|point| inside(point.x, point.y));
        }
        assert!(numbers(&markup, " width=\"").next() == Some(vec![width]));
    });
}

#[test]
fn the_same_graph_gives_the_same_bytes() {
    each_random_graph(|graph| {
        let mut other = graph.clone();
        other.edges.reverse();
        other.edges.extend_from_within(..);
        for draw in [dot, mermaid, |graph: &Graph| svg(graph, "x"), |graph: &Graph| standalone_svg(graph, "x")] {
            assert_eq!(draw(graph), draw(&other));
        }
    });
}

#[test]
fn a_graph_of_too_many_bends_is_still_drawn() {
    let mut chance = Chance(7);
    let mut graph = chance.graph(450, 900);
    graph.edges.extend((1..450).map(|newer| Edge { from: newer, to: newer - 1, verb: "requires" }));
    let drawn = layout(&graph);
    assert_eq!(drawn.boxes.len(), 450);
    let straight = |curve: &&Curve| curve.points.len() == 2 && curve.edge.from.abs_diff(curve.edge.to) > 1;
    assert!(drawn.curves.iter().filter(straight).count() > 100, "the longest lines have no bends");
}

#[test]
fn edges_of_one_look_run_together_until_they_part() {
    let edges = [(1, "requires", 0), (2, "requires", 1), (3, "requires", 2), (2, "requires", 0), (3, "requires", 0)];
    let curves = layout(&graph("1\n2\n3\n4", &edges)).curves;
    let of = |from: usize| &curves.iter().find(|curve| (curve.edge.from, curve.edge.to) == (from, 0)).unwrap().points;
    assert_eq!(of(2)[..3], of(3)[..3]);
    assert_ne!(of(2)[3], of(3)[3]);
}

#[test]
fn trees_are_drawn_without_detours() {
    let chain = layout(&graph("1\n2\n3", &[(1, "supersedes", 0), (2, "supersedes", 1)]));
    assert!(chain.boxes.iter().all(|spot| spot.corner.y == 0.0), "{:?}", chain.boxes);
    let fan = layout(&graph("1\n2\n3\n4", &[(1, "requires", 0), (2, "requires", 0), (3, "requires", 0)]));
    let levels: Vec<f64> = fan.boxes.iter().map(|spot| spot.corner.y).collect();
    assert_eq!(levels, [64.0, 0.0, 64.0, 128.0], "the root stands in the middle");
}

#[test]
fn lines_that_need_not_cross_do_not() {
    let (left, right) = ([3, 0, 5, 1, 4, 2], [8, 6, 11, 7, 10, 9]);
    let mut edges: Vec<_> = left.iter().zip(right).map(|(&older, newer)| (newer, "requires", older)).collect();
    edges.extend(left[1..].iter().zip(right).map(|(&older, newer)| (newer, "amends", older)));
    let curves = layout(&graph(&"x\n".repeat(12), &edges)).curves;
    let ends = |curve: &Curve| (curve.points[0].y, curve.points[1].y);
    for (one, other) in curves.iter().flat_map(|one| curves.iter().map(move |other| (ends(one), ends(other)))) {
        assert!((one.0 - other.0) * (one.1 - other.1) >= 0.0, "{one:?} {other:?}");
    }
}

#[test]
fn nothing_is_drawn_where_nothing_is_said() {
    for edges in [&[][..], &[(0, "requires", 0)], &[(0, "requires", 7)], &[(9, "requires", 8)]] {
        let lonely = graph("1 accepted A\n2 accepted B", edges);
        assert_eq!(svg(&lonely, "Decisions"), "");
        assert!(standalone_svg(&lonely, "Decisions").ends_with("</svg>\n"));
        assert!(mermaid(&lonely).contains("n1[\"2 B\"]") && dot(&lonely).contains("\"adr/2\""));
    }
}

#[test]
fn svg_names_everything_and_leaves_the_looks_to_the_page() {
    let small = graph("1 superseded Use MySQL\n2 accepted Use PostgreSQL & be <happy>", &[(1, "relates to", 0)]);
    let markup = svg(&small, "Our \"decisions\"");
    let has = |text: &str| assert!(markup.contains(text), "{text} not in {markup}");
    has("<svg class=\"graph\" role=\"group\" aria-label=\"Our &quot;decisions&quot;\" width=");
    has(
        "<a class=\"node node-superseded\" data-node=\"0\" href=\"1.html\"><title>1 Use MySQL, superseded</title><rect ",
    );
    has("<rect class=\"node-inner\"");
    has("<title>2 Use PostgreSQL &amp; be &lt;happy&gt;, accepted</title>");
    has(
        "<g class=\"edge edge-relates-to\" data-ends=\"1 0\"><title>2 Use PostgreSQL &amp; be &lt;happy&gt; relates to 1 Use MySQL<",
    );
    has("<tspan class=\"node-number\">1</tspan> Use MySQL</text>");
    for looks in ["style", "<script", " id=", "fill", "stroke", "xmlns"] {
        assert!(!markup.contains(looks), "{looks} in {markup}");
    }
    let file = standalone_svg(&small, "x");
    assert!(
        file.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\"") && file.contains("prefers-color-scheme: dark")
    );
}

#[test]
fn hostile_titles_stay_text() {
    let title = "\u{0}\u{202E}\"]; <script>alert('1')</script>&\\N %% `a` _b_ #x;\r\n c_d";
    let node = Node { title: title.to_owned(), id: title.to_owned(), url: Some(title.to_owned()), ..Node::default() };
    let edges = vec![Edge { from: 1, to: 0, verb: "relates <\">" }];
    let graph = Graph { nodes: vec![node.clone(), node], edges, ..Graph::default() };
    let markup = svg(&graph, title);
    for raw in ["<script", "'", "\u{0}", "\u{202E}", "\"]", "<\">", "&\\"] {
        assert!(!markup.contains(raw), "{raw} in {markup}");
    }
    assert!(markup.contains("class=\"edge edge-relates----\""));
    let label =
        r##"n0["#quot;]; #lt;script#gt;alert('1')#lt;/script#gt;#amp;#92;N %#37; #96;a#96; #95;b_ #35;x; c_d"]"##;
    assert!(mermaid(&graph).contains(label), "{}", mermaid(&graph));
    let line = dot(&graph).lines().nth(4).unwrap().to_owned();
    assert!(line.contains(r#"label="\"];\n<script>alert('1')</script>&amp;\\N\n%% `a` _b_ #x; c_d""#), "{line}");
}

#[test]
fn dot_shows_every_node() {
    let mut small = graph("1 superseded A\n2 accepted B\n3 proposed C", &[(1, "supersedes", 0), (1, "amends", 0)]);
    small.nodes[0].url = None;
    small.nodes[2].kind = "guideline";
    let expected = r#"digraph decisions {
  rankdir=RL;
  node [shape=box, style=rounded, fontname="sans-serif", fontsize=11];
  edge [fontname="sans-serif", fontsize=9];
  "adr/1" [label="1 A", class="superseded", tooltip="superseded", style="rounded", peripheries=2, fontcolor=gray40];
  "adr/2" [label="2 B", class="accepted", tooltip="accepted", style="rounded", URL="2.html"];
  "adr/3" [label="3 C", class="proposed", tooltip="proposed", style="dashed", shape=note, URL="3.html"];
  "adr/2" -> "adr/1" [label="amends", style=dashed];
  "adr/2" -> "adr/1" [label="supersedes", penwidth=2];
}
"#;
    assert_eq!(dot(&small), expected);
}

#[test]
fn mermaid_shows_every_node() {
    let small = graph("1 superseded A\n2 accepted 1. B\n3  - C", &[(1, "supersedes", 0), (0, "conflicts with", 1)]);
    let expected = r#"flowchart RL
  n0[["1 A"]]:::superseded
  n1["2 1. B"]:::accepted
  n2["3 - C"]
  n0 x--x|"conflicts with"| n1
  n1 ==>|"supersedes"| n0
  classDef accepted stroke-width:2px
  classDef superseded opacity:0.6
"#;
    assert_eq!(mermaid(&small), expected);
    let bare = Graph { nodes: vec![Node { title: "1. B".to_owned(), ..Node::default() }], ..Graph::default() };
    assert!(mermaid(&bare).contains("n0[\"1#46; B\"]"), "no list");
}

#[test]
fn titles_break_into_two_lines() {
    let check = |title: &str, expected: &[&str]| assert_eq!(text::wrap(title, 150.0, 2, 0.0), expected, "{title}");
    check("", &[""]);
    check("  Adopt\n Kafka ", &["Adopt Kafka"]);
    check("Use PostgreSQL for the order service", &["Use PostgreSQL for", "the order service"]);
    check("Use PostgreSQL for the order service and all others", &["Use PostgreSQL for", "the order service and…"]);
    check("Averyveryverylongwordwithoutanyspace in it", &["Averyveryverylongwor", "dwithoutanyspace in it"]);
    check("注文サービスにPostgreSQLを使用する", &["注文サービスに", "PostgreSQLを使用する"]);
    check("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", &["👩‍👩‍👧‍👦👩‍👩‍👧‍👦"]);
    check(&"e\u{301}".repeat(60), &[&"e\u{301}".repeat(19), &format!("{}…", "e\u{301}".repeat(18))]);
    for width in [0.0, 1.0, 20.0] {
        assert!(text::wrap("注文 e\u{301}… ", width, 2, 30.0).len() <= 2);
    }
}
