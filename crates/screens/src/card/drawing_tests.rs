use proptest::prelude::*;

use super::*;

/// The dark modules of a path: what a scanner sees.
fn modules(drawing: &Drawing) -> (usize, usize, Vec<Vec<bool>>) {
    let size: Vec<usize> = drawing.view_box.split(' ').map(|number| number.parse().unwrap()).collect();
    let (width, height) = (size[2], size[3]);
    let mut dark = vec![vec![false; width]; height];
    for run in drawing.path.split_terminator('z') {
        let (from, rest) = run.strip_prefix('M').unwrap().split_once('h').unwrap();
        let (x, y) = from.split_once(' ').unwrap();
        let (length, back) = rest.split_once("v1h-").unwrap();
        assert_eq!(length, back, "a rectangle closes where it began");
        let (x, y, length): (usize, usize, usize) = (x.parse().unwrap(), y.parse().unwrap(), length.parse().unwrap());
        for module in &mut dark[y][x..x + length] {
            assert!(!*module, "no module is drawn twice");
            *module = true;
        }
    }
    (width, height, dark)
}

/// Reads Code 128 back, by the widths of its bars as the standard lists them (ISO/IEC 15417).
fn read_code_128(row: &[bool]) -> Vec<u8> {
    const WIDTHS: &str = "212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 \
        122231 113222 123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 \
        212321 232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121 \
        313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224 111422 \
        121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111 111242 121142 \
        121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113 114311 411113 411311 \
        113141 114131 311141 411131 211412 211214 211232";
    let widths: Vec<&str> = WIDTHS.split_whitespace().collect();
    let text: String = row.iter().map(|dark| if *dark { '1' } else { '0' }).collect();
    let inner = text.trim_matches('0');
    let stop = "1100011101011";
    let symbols = inner.strip_suffix(stop).expect("ends with the stop pattern");
    let values: Vec<u8> = (0..symbols.len() / 11)
        .map(|index| {
            let symbol = &symbols[index * 11..(index + 1) * 11];
            let mut runs = String::new();
            let mut rest = symbol;
            while let Some(first) = rest.chars().next() {
                let length = rest.chars().take_while(|module| *module == first).count();
                runs.push_str(&length.to_string());
                rest = &rest[length..];
            }
            u8::try_from(widths.iter().position(|width| *width == runs).expect("a symbol")).unwrap()
        })
        .collect();
    let (check, data) = values.split_last().unwrap();
    let sum: usize = usize::from(data[0])
        + data.iter().enumerate().skip(1).map(|(index, value)| index * usize::from(*value)).sum::<usize>();
    assert_eq!(usize::from(*check), sum % 103, "the check digit");
    data.to_vec()
}

/// The text of the values: sets B and C, with the switches between them.
fn text_of(values: &[u8]) -> String {
    let mut text = String::new();
    let mut set_c = values[0] == 105;
    for value in &values[1..] {
        match (set_c, value) {
            (false, 99) => set_c = true,
            (true, 100) => set_c = false,
            (true, pair) => text.push_str(&format!("{pair:02}")),
            (false, value) => text.push(char::from(value + 32)),
        }
    }
    text
}

#[test]
fn a_barcode_keeps_its_quiet_zone() {
    let drawing = barcode("880122310047123456", "x").unwrap();
    let (width, height, dark) = modules(&drawing);
    assert_eq!(height, 1);
    assert!(dark[0][..BARCODE_QUIET].iter().all(|module| !module));
    assert!(dark[0][width - BARCODE_QUIET..].iter().all(|module| !module));
    assert!(dark[0][BARCODE_QUIET] && dark[0][width - BARCODE_QUIET - 1]);
}

#[test]
fn a_qr_code_has_its_three_corners_and_its_quiet_zone() {
    let drawing = qr("880122310047123456", "x").unwrap();
    let (width, height, dark) = modules(&drawing);
    assert_eq!(width, height);
    let size = width - 2 * QR_QUIET;
    for (x, y) in [(0, 0), (size - 7, 0), (0, size - 7)] {
        assert!((0..7).all(|i| dark[QR_QUIET + y][QR_QUIET + x + i] && dark[QR_QUIET + y + i][QR_QUIET + x]));
    }
    assert!(dark[..QR_QUIET].iter().all(|row| row.iter().all(|module| !module)));
    assert!(dark.iter().all(|row| row[..QR_QUIET].iter().all(|module| !module)));
}

#[test]
fn what_can_not_be_drawn_is_left_out() {
    assert_eq!(barcode("会员", "x"), None);
    assert_eq!(qr(&"1".repeat(10_000), "x"), None);
}

proptest! {
    #[test]
    fn a_scanner_reads_back_the_token(token in "[0-9]{2,30}") {
        let (_, _, dark) = modules(&barcode(&token, "x").unwrap());
        prop_assert_eq!(text_of(&read_code_128(&dark[0])), token);
    }

    #[test]
    fn every_qr_code_is_square_and_inside_its_box(token in "[0-9]{1,60}") {
        let (width, height, _) = modules(&qr(&token, "x").unwrap());
        prop_assert_eq!(width, height);
    }
}

#[test]
fn a_shell_without_paths_gets_a_picture() {
    let drawing = Drawing { view_box: "0 0 9 1".to_owned(), path: "M1 0h2v1H1z".to_owned(), label: "x".to_owned() };
    let picture = drawing.picture();
    assert!(picture.starts_with("data:image/svg+xml,%3Csvg%20"), "{picture}");
    assert!(picture.ends_with("viewBox='0%200%209%201'%3E%3Cpath%20d='M1%200h2v1H1z'/%3E%3C/svg%3E"), "{picture}");
    assert!(!picture.contains(['"', '#', '<', '>', ' ']), "{picture}");
    let json = contract::json::encode(&drawing).unwrap();
    assert!(json.contains(&format!("\"picture\":\"{picture}\"")), "{json}");
}
