//! Gifts and their variants, with their texts in every language.

use std::collections::HashMap;

use uuid::Uuid;

use crate::database::{Reader, Transaction};
use crate::error::{Error, Result};
use crate::value::{Row, Value};

/// A gift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Gift {
    /// Its identifier.
    pub id: Uuid,
    /// What one of it costs; more than zero.
    pub points: i64,
    /// Only from the tier with this id on; `None` for everyone.
    pub min_tier: Option<String>,
    /// The address of its picture, on the portal's own host.
    pub picture: String,
    /// How many of it one member may have; `None` for as many as she likes.
    pub per_member: Option<u32>,
    /// The units of stock, in the brand's order.
    pub variants: Vec<Variant>,
    /// In every language there is.
    pub texts: Vec<GiftText>,
}

/// What a gift is called in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GiftText {
    /// `zh-CN`, `en`.
    pub language: String,
    /// Its name.
    pub name: String,
    /// A sentence or two.
    pub description: String,
}

/// A variant of a gift: the unit of stock.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// Its identifier.
    pub id: Uuid,
    /// EAN-13; unique. Leading zeros count.
    pub barcode: String,
    /// The colour of its mark, as on the wire.
    pub colour: String,
    /// Whom it is made for, as on the wire; empty for everyone.
    pub skin_types: Vec<String>,
    /// In every language there is.
    pub texts: Vec<VariantText>,
}

/// What is printed on a variant in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariantText {
    /// `zh-CN`, `en`.
    pub language: String,
    /// `清爽型`
    pub label: String,
}

impl Gift {
    /// In this language, or else in any.
    pub fn text(&self, language: &str) -> Option<&GiftText> {
        self.texts.iter().find(|text| text.language == language).or_else(|| self.texts.first())
    }

    /// One of its variants.
    pub fn variant(&self, id: Uuid) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.id == id)
    }
}

impl Variant {
    /// What is printed on it in this language, or else in any.
    pub fn label(&self, language: &str) -> Option<&str> {
        let text = self.texts.iter().find(|text| text.language == language).or_else(|| self.texts.first());
        text.map(|text| text.label.as_str())
    }
}

/// The columns of four kinds of rows side by side, the first says which kind; a gift's own row comes before what hangs on it.
macro_rules! select {
    ($of:literal) => {
        concat!(
            "SELECT CAST(0 AS BIGINT), g.gift_id, g.picture, g.min_tier, CAST(NULL AS TEXT), g.points, g.per_member \
             FROM gifts g WHERE ",
            $of,
            " UNION ALL SELECT 1, t.gift_id, t.language, t.name, t.description, NULL, NULL \
             FROM gift_texts t JOIN gifts g ON g.gift_id = t.gift_id WHERE ",
            $of,
            " UNION ALL SELECT 2, v.gift_id, v.variant_id, v.barcode, v.colour || ' ' || v.skin_types, v.position, NULL \
             FROM variants v JOIN gifts g ON g.gift_id = v.gift_id WHERE ",
            $of,
            " UNION ALL SELECT 3, v.gift_id, v.variant_id, x.language, x.label, v.position, NULL \
             FROM variant_texts x JOIN variants v ON v.variant_id = x.variant_id JOIN gifts g ON g.gift_id = v.gift_id WHERE ",
            $of,
            " ORDER BY 1, 6, 2, 3, 4"
        )
    };
}

fn collect(rows: &[Row]) -> Result<Vec<Gift>> {
    let stray = |what: &str| Error::Defect(format!("{what} of no gift"));
    let mut gifts: Vec<Gift> = Vec::new();
    let mut places: HashMap<Uuid, usize> = HashMap::new();
    for row in rows {
        let (kind, id): (i64, Uuid) = (row.get(0)?, row.get(1)?);
        if kind == 0 {
            let per_member: Option<i64> = row.maybe(6)?;
            places.insert(id, gifts.len());
            gifts.push(Gift {
                id,
                points: row.get(5)?,
                min_tier: row.maybe(3)?,
                picture: row.get(2)?,
                per_member: per_member.map(|most| u32::try_from(most).unwrap_or(u32::MAX)),
                variants: Vec::new(),
                texts: Vec::new(),
            });
            continue;
        }
        let gift = places.get(&id).and_then(|place| gifts.get_mut(*place)).ok_or_else(|| stray("something"))?;
        match kind {
            1 => gift.texts.push(GiftText { language: row.get(2)?, name: row.get(3)?, description: row.get(4)? }),
            2 => {
                let marks: String = row.get(4)?;
                let (colour, skin_types) = marks.split_once(' ').ok_or_else(|| stray("a mark"))?;
                gift.variants.push(Variant {
                    id: row.get(2)?,
                    barcode: row.get(3)?,
                    colour: colour.to_owned(),
                    skin_types: skin_types.split(',').filter(|skin| !skin.is_empty()).map(str::to_owned).collect(),
                    texts: Vec::new(),
                });
            }
            _ => {
                let of: Uuid = row.get(2)?;
                let variant = gift.variants.iter_mut().find(|variant| variant.id == of);
                let text = VariantText { language: row.get(3)?, label: row.get(4)? };
                variant.ok_or_else(|| stray("a label"))?.texts.push(text);
            }
        }
    }
    Ok(gifts)
}

impl Reader {
    /// Every gift, the cheapest first.
    pub async fn gifts(&mut self) -> Result<Vec<Gift>> {
        collect(&self.fetch(select!("1 = 1"), &[]).await?)
    }

    /// By identifier.
    pub async fn gift(&mut self, id: Uuid) -> Result<Option<Gift>> {
        Ok(collect(&self.fetch(select!("g.gift_id = $1"), &[id.into()]).await?)?.pop())
    }

    /// The gift that a variant belongs to.
    pub async fn gift_of_variant(&mut self, variant: Uuid) -> Result<Option<Gift>> {
        let sql = select!("g.gift_id = (SELECT o.gift_id FROM variants o WHERE o.variant_id = $1)");
        Ok(collect(&self.fetch(sql, &[variant.into()]).await?)?.pop())
    }

    /// What a reservation of a variant needs to know of its gift: which it is, what it costs, how many one member may have.
    pub(crate) async fn price_of(&mut self, variant: Uuid) -> Result<Option<(Uuid, i64, Option<i64>)>> {
        let sql = "SELECT g.gift_id, g.points, g.per_member FROM variants v JOIN gifts g ON g.gift_id = v.gift_id \
                   WHERE v.variant_id = $1";
        let row = self.fetch_one(sql, &[variant.into()]).await?;
        row.map(|row| Ok((row.get(0)?, row.get(1)?, row.maybe(2)?))).transpose()
    }

    /// What a gift is called in this language, or else in any; empty if it has no name.
    pub(crate) async fn gift_name(&mut self, gift: Uuid, language: &str) -> Result<String> {
        let sql = "SELECT name FROM gift_texts WHERE gift_id = $1 ORDER BY CASE WHEN language = $2 THEN 0 ELSE 1 END, language \
                   LIMIT 1";
        let row = self.fetch_one(sql, &[gift.into(), language.into()]).await?;
        row.map_or(Ok(String::new()), |row| row.get(0))
    }

    /// The variant with this barcode, with the gift it belongs to.
    pub async fn variant_by_barcode(&mut self, barcode: &str) -> Result<Option<(Gift, Variant)>> {
        let sql = select!("g.gift_id = (SELECT o.gift_id FROM variants o WHERE o.barcode = $1)");
        let Some(gift) = collect(&self.fetch(sql, &[barcode.into()]).await?)?.pop() else { return Ok(None) };
        let variant = gift.variants.iter().find(|variant| variant.barcode == barcode).cloned();
        Ok(variant.map(|variant| (gift, variant)))
    }
}

impl Transaction {
    /// Adds a gift, or replaces it with all its texts. Its variants are added or replaced, and never removed: stock and
    /// reservations may speak of them. [`Conflict::Barcode`](crate::Conflict::Barcode) if another variant has a barcode.
    pub async fn put_gift(&mut self, gift: &Gift) -> Result<()> {
        let sql = "INSERT INTO gifts (gift_id, points, min_tier, picture, per_member) VALUES ($1, $2, $3, $4, $5) \
                   ON CONFLICT (gift_id) DO UPDATE SET points = excluded.points, min_tier = excluded.min_tier, \
                   picture = excluded.picture, per_member = excluded.per_member";
        let per_member = gift.per_member.map(i64::from);
        let values =
            [gift.id.into(), gift.points.into(), (&gift.min_tier).into(), (&gift.picture).into(), per_member.into()];
        self.execute_one(sql, &values).await?;
        self.execute("DELETE FROM gift_texts WHERE gift_id = $1", &[gift.id.into()]).await?;
        let values: Vec<Value<'_>> = gift
            .texts
            .iter()
            .flat_map(|text| [gift.id.into(), (&text.language).into(), (&text.name).into(), (&text.description).into()])
            .collect();
        self.insert_many("INSERT INTO gift_texts (gift_id, language, name, description) VALUES", 4, &values).await?;
        for (position, variant) in (1_i64..).zip(&gift.variants) {
            self.put_variant(gift.id, position, variant).await?;
        }
        Ok(())
    }

    async fn put_variant(&mut self, gift: Uuid, position: i64, variant: &Variant) -> Result<()> {
        let sql = "INSERT INTO variants (variant_id, gift_id, position, barcode, colour, skin_types) \
                   VALUES ($1, $2, $3, $4, $5, $6) \
                   ON CONFLICT (variant_id) DO UPDATE SET gift_id = excluded.gift_id, position = excluded.position, \
                   barcode = excluded.barcode, colour = excluded.colour, skin_types = excluded.skin_types";
        let skin_types = variant.skin_types.join(",");
        let values = [
            variant.id.into(),
            gift.into(),
            position.into(),
            (&variant.barcode).into(),
            (&variant.colour).into(),
            (&skin_types).into(),
        ];
        self.execute_one(sql, &values).await?;
        self.execute("DELETE FROM variant_texts WHERE variant_id = $1", &[variant.id.into()]).await?;
        let values: Vec<Value<'_>> = variant
            .texts
            .iter()
            .flat_map(|text| [variant.id.into(), (&text.language).into(), (&text.label).into()])
            .collect();
        self.insert_many("INSERT INTO variant_texts (variant_id, language, label) VALUES", 3, &values).await
    }
}
