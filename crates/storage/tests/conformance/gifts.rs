use storage::{Conflict, Error, Gift};

use crate::shop::{Shop, gift, write};
use crate::support::World;

pub async fn a_gift_is_whole(world: World) {
    let shop = Shop::open(&world).await;
    let mut reader = world.db.read().await.unwrap();
    // The cheapest first, whatever their identifiers.
    assert_eq!(reader.gifts().await.unwrap(), [shop.other.clone(), shop.gift.clone()]);
    assert_eq!(reader.gift(shop.gift.id).await.unwrap().as_ref(), Some(&shop.gift));
    assert_eq!(reader.gift_of_variant(shop.variant(2)).await.unwrap().as_ref(), Some(&shop.gift));
    let (found, variant) = reader.variant_by_barcode(&shop.gift.variants[1].barcode).await.unwrap().unwrap();
    assert_eq!((&found, &variant), (&shop.gift, &shop.gift.variants[1]));
    assert_eq!(reader.gift(world.id()).await.unwrap(), None);
    assert_eq!(reader.gift_of_variant(shop.gift.id).await.unwrap(), None);
    assert_eq!(reader.variant_by_barcode("4006381333931").await.unwrap(), None);
    assert_eq!(shop.gift.text("en").map(|text| text.name.as_str()), Some("serum en"));
    assert_eq!(shop.gift.text("fr").map(|text| text.name.as_str()), Some("serum en"));
    assert_eq!(variant.label("zh-CN"), Some("serum 1 zh-CN"));
}

pub async fn a_gift_is_replaced_and_its_variants_stay(world: World) {
    let shop = Shop::open(&world).await;
    let mut changed = Gift { points: 5, min_tier: Some("gold".to_owned()), per_member: Some(2), ..shop.gift.clone() };
    changed.texts.truncate(1);
    // The brand's order, not that of the identifiers; one more at its head.
    changed.variants.reverse();
    changed.variants.insert(0, gift(&world, "mask", 1, 1).variants.remove(0));
    changed.variants[1].colour = "violet".to_owned();
    write!(world.db, |tx| tx.put_gift(&changed));
    let mut reader = world.db.read().await.unwrap();
    assert_eq!(reader.gift(changed.id).await.unwrap().as_ref(), Some(&changed));
    assert_eq!(reader.gifts().await.unwrap()[0].id, changed.id);
    drop(reader);
    let fewer = Gift { variants: Vec::new(), ..changed.clone() };
    write!(world.db, |tx| tx.put_gift(&fewer));
    assert_eq!(world.db.read().await.unwrap().gift(changed.id).await.unwrap(), Some(changed));
}

pub async fn a_barcode_belongs_to_one_variant(world: World) {
    let shop = Shop::open(&world).await;
    let mut twin = gift(&world, "twin", 20, 1);
    twin.variants[0].barcode = shop.other.variants[0].barcode.clone();
    let mut tx = world.db.begin().await.unwrap();
    let error = tx.put_gift(&twin).await.unwrap_err();
    assert!(matches!(error, Error::Conflict(Conflict::Barcode)), "{error:?}");
}
