//! What may stand in a drawing: the elements and attributes that show and do nothing else.
//!
//! Of SVG 1.1 and 2 (appendix "Attribute index" of both) all but what runs, embeds another page or listens; with what
//! drawing programs write beyond them. Of HTML, which stands in labels of diagrams, what marks up text.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that are looked up, and never walked.
type Words = LazyLock<HashSet<&'static str>>;

fn words(text: &'static str) -> HashSet<&'static str> {
    text.split_whitespace().collect()
}

/// Elements of SVG.
pub(super) static SVG_ELEMENTS: Words = LazyLock::new(|| {
    words(
        "
        a altGlyph altGlyphDef altGlyphItem animate animateColor animateMotion animateTransform circle
        clipPath color-profile defs desc ellipse feBlend feColorMatrix feComponentTransfer feComposite
        feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood feFuncA
        feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight
        feSpecularLighting feSpotLight feTile feTurbulence filter flowDiv flowLine flowPara flowRegion
        flowRegionBreak flowRegionExclude flowRoot flowSpan font font-face font-face-format font-face-name
        font-face-src foreignObject g glyph glyphRef hatch hatchpath hkern image line linearGradient marker
        mask mesh meshgradient meshpatch meshrow meshGradient meshPatch meshRow metadata missing-glyph mpath
        path pattern polygon polyline radialGradient rect set solidColor solidcolor stop style svg switch
        symbol text textPath title tref tspan use view vkern",
    )
});

/// Attributes of SVG whose value can name an address.
pub(super) static SVG_STYLED: Words = LazyLock::new(|| {
    words(
        "
        by clip-path color-profile cursor fill filter from marker marker-end marker-mid marker-start mask
        shape-inside shape-subtract stroke style to values",
    )
});

/// Attributes of SVG that no address stands in.
pub(super) static SVG_PLAIN: Words = LazyLock::new(|| {
    words(
        "
        accent-height accumulate additive alignment-baseline alphabetic amplitude arabic-form ascent
        attributeName attributeType azimuth background-color baseFrequency baseProfile baseline-shift bbox
        begin bias calcMode cap-height class clip clip-rule clipPathUnits color color-interpolation
        color-interpolation-filters color-rendering color-scheme content contentScriptType contentStyleType crossorigin cx cy d
        decoding descent diffuseConstant direction display divisor dominant-baseline download dur dx dy
        edgeMode elevation enable-background encoding end exponent externalResourcesRequired fill-opacity
        fill-rule filterRes filterUnits flood-color flood-opacity focusable font font-display font-family
        font-feature-settings font-kerning font-size font-size-adjust font-stretch font-style font-variant
        font-variant-caps font-variant-east-asian font-variant-ligatures font-variant-numeric
        font-variation-settings font-weight format fr fx fy g1 g2 glyph-name glyph-orientation-horizontal
        glyph-orientation-vertical glyphRef gradientTransform gradientUnits hanging height horiz-adv-x
        horiz-origin-x horiz-origin-y host hreflang id ideographic image-rendering in in2 inline-size
        intercept isolation k k1 k2 k3 k4 kernelMatrix kernelUnitLength kerning keyPoints keySplines keyTimes
        lang layer-background-color lengthAdjust letter-spacing lighting-color limitingConeAngle line-height
        line-spacing local margin markerHeight markerUnits markerWidth mask-type maskContentUnits maskUnits
        mathematical max media method min mix-blend-mode mode name numOctaves offset opacity operator order
        orient orientation origin overflow overline-position overline-thickness p-id padding paint-order
        panose-1 path pathLength patternContentUnits patternTransform patternUnits pointer-events points
        pointsAtX pointsAtY pointsAtZ preserveAlpha preserveAspectRatio primitiveUnits r radius refX refY rel
        rendering-intent repeat repeatCount repeatDur requiredExtensions requiredFeatures requiredFonts
        restart result role rotate rx ry scale seed shape-margin shape-padding shape-rendering side slope
        solid-color solid-opacity space spacing specularConstant specularExponent spreadMethod startOffset
        stdDeviation stemh stemv stitchTiles stop-color stop-opacity strikethrough-position
        strikethrough-thickness string stroke-alignment stroke-dashadjust stroke-dasharray stroke-dashcorner
        stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width
        surfaceScale systemLanguage t tabindex tableValues target targetX targetY text-align text-anchor
        text-decoration text-decoration-color text-decoration-line text-decoration-style text-indent
        text-orientation text-overflow text-rendering text-transform textLength title transform transform-box
        transform-origin type u1 u2 underline-position underline-thickness unicode unicode-bidi unicode-range
        units-per-em v-alphabetic v-hanging v-ideographic v-mathematical vector-effect version vert-adv-y
        vert-origin-x vert-origin-y viewBox viewTarget visibility white-space width widths word-spacing
        word-wrap writing-mode x x-height x1 x2 xChannelSelector xml-space y y1 y2 yChannelSelector z z-index
        zoomAndPan",
    )
});

/// Says whether an animation may change an attribute: one that shows, and of which no address is made.
pub(super) fn is_animated(name: &str) -> bool {
    let shows = SVG_PLAIN.contains(name)
        || matches!(name, "fill" | "stroke" | "fill-opacity" | "filter" | "mask" | "clip-path");
    shows && !matches!(name, "attributeName" | "attributeType" | "target" | "type" | "rel" | "download" | "id")
}

/// Elements of HTML.
pub(super) static HTML_ELEMENTS: Words = LazyLock::new(|| {
    words(
        "
        a abbr b bdi bdo big blockquote br caption center cite code col colgroup dd del dfn div dl dt em font
        h1 h2 h3 h4 h5 h6 hr i ins kbd li mark ol p pre q rp rt ruby s samp section small span strike strong
        style sub sup table tbody td tfoot th thead tr tt u ul var wbr",
    )
});

/// Attributes of HTML.
pub(super) static HTML_ATTRIBUTES: Words = LazyLock::new(|| {
    words(
        "
        align bgcolor border cellpadding cellspacing class color colspan dir face height id lang media nowrap
        rel role rowspan size span start tabindex target title type valign width",
    )
});
