//! The page that everything stands in, with its marks filled in.

use catalogue::Locale;

/// `index.html` as it was built.
#[derive(Clone, Debug)]
pub struct Template(String);

/// What goes into it.
#[derive(Clone, Copy, Debug)]
pub struct Page<'a> {
    /// The member's language.
    pub locale: Locale,
    /// The brand's name in Chinese and in English.
    pub brand: (&'a str, &'a str),
    /// The brand's `theme.css`.
    pub theme: &'a str,
    /// The first page and the answer it was drawn from; `None` leaves the skeleton.
    pub first: Option<(&'a str, Reply<'a>)>,
}

/// An answer of the API that goes with the page, so that the portal need not ask for it again.
#[derive(Clone, Copy, Debug)]
pub struct Reply<'a> {
    /// As a screen asks for it: `/me/overview`.
    pub path: &'a str,
    /// The JSON text.
    pub body: &'a str,
    /// `ETag`; may be empty.
    pub etag: &'a str,
    /// `Programme-Time`.
    pub programme_time: &'a str,
}

impl Template {
    /// Takes `index.html` as it was built. `None` if it lacks a mark, as a page that is not the portal's would.
    pub fn new(html: &str) -> Option<Self> {
        let marks = ["{{lang}}", "{{brand}}", "{{brand-zh-cn}}", "{{brand-en}}", THEME, FIRST, FIRST_END];
        marks.iter().all(|mark| html.contains(mark)).then(|| Self(html.to_owned()))
    }

    /// The page.
    pub fn fill(&self, page: &Page<'_>) -> String {
        let Page { locale, brand: (zh_cn, en), theme, first } = *page;
        let brand = match locale {
            Locale::ZhCn => zh_cn,
            Locale::En => en,
        };
        let mut html = self
            .0
            .replace("{{lang}}", locale.tag())
            .replace("{{brand}}", &escape(brand))
            .replace("{{brand-zh-cn}}", &escape(zh_cn))
            .replace("{{brand-en}}", &escape(en))
            // A style sheet can't end the element it stands in: `<\/style` means the same to CSS.
            .replace(THEME, &["<style>", &theme.replace("</", "<\\/"), "</style>"].concat());
        if let (Some((drawn, reply)), Some(start), Some(end)) = (first, html.find(FIRST), html.find(FIRST_END)) {
            let after = html.split_off(end);
            html.truncate(start);
            html.push_str(drawn);
            html.push_str(&after);
            html = html.replace("<!--reply-->", &script(&reply));
        }
        html
    }
}

const THEME: &str = "<!--theme-->";
const FIRST: &str = "<!--first-->";
const FIRST_END: &str = "<!--/first-->";

fn script(reply: &Reply<'_>) -> String {
    [
        "<script type=\"application/json\" id=\"first-reply\" data-path=\"",
        &escape(reply.path),
        "\" data-etag=\"",
        &escape(reply.etag),
        "\" data-programme-time=\"",
        &escape(reply.programme_time),
        "\">",
        // In JSON a `<` stands only in strings, where this is the same character; so nothing can end the element.
        &reply.body.replace('<', "\\u003c"),
        "</script>",
    ]
    .concat()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    const HTML: &str = "<html lang=\"{{lang}}\" data-brand-zh-cn=\"{{brand-zh-cn}}\" data-brand-en=\"{{brand-en}}\"><title>{{brand}}</title>\
        <!--theme--><div id=\"app\"><!--first-->wait<!--/first--></div><!--reply-->";

    const PAGE: Page<'_> =
        Page { locale: Locale::En, brand: ("晨露", "\"Dew\" & light"), theme: "a{}</style>", first: None };

    #[test]
    fn a_page_without_a_first_answer_keeps_its_skeleton() {
        let html = Template::new(HTML).unwrap().fill(&PAGE);
        assert_eq!(
            html,
            "<html lang=\"en\" data-brand-zh-cn=\"晨露\" data-brand-en=\"&quot;Dew&quot; &amp; light\">\
             <title>&quot;Dew&quot; &amp; light</title><style>a{}<\\/style></style>\
             <div id=\"app\"><!--first-->wait<!--/first--></div><!--reply-->"
        );
    }

    #[test]
    fn what_she_wrote_can_not_end_the_element_its_answer_stands_in() {
        let reply = Reply {
            path: "/me/overview",
            body: "{\"name\":\"</script><script>alert(1)</script>\"}",
            etag: "\"1\"",
            programme_time: "2026-11-22T09:41:07+08:00",
        };
        let html = Template::new(HTML).unwrap().fill(&Page { first: Some(("<main></main>", reply)), ..PAGE });
        assert!(html.contains("<div id=\"app\"><main></main><!--/first--></div>"), "{html}");
        assert!(html.contains("data-etag=\"&quot;1&quot;\""), "{html}");
        assert!(
            html.contains("{\"name\":\"\\u003c/script>\\u003cscript>alert(1)\\u003c/script>\"}</script>"),
            "{html}"
        );
    }

    #[test]
    fn a_page_that_is_not_the_portals_is_refused() {
        assert!(Template::new("<html></html>").is_none());
    }
}
