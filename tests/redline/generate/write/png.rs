//! Pictures, each of its own: one pixel of a colour, or a square of noise.

/// The first number of the pictures that are large.
const LARGE: u8 = 100;

/// A picture that differs from those of other numbers.
pub(crate) fn of_number(number: u8) -> Vec<u8> {
    let side: u8 = if number < LARGE { 1 } else { 72 };
    let mut seed = u32::from(number) * 7919 + 1;
    let mut rows = Vec::new();
    for _ in 0..side {
        rows.extend([0]);
        for _ in 0..u32::from(side) * 3 {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            rows.push(seed.to_be_bytes()[0]);
        }
    }
    let length = u16::try_from(rows.len()).unwrap();
    let mut data = vec![0x78, 0x01, 0x01];
    data.extend(length.to_le_bytes());
    data.extend((!length).to_le_bytes());
    data.extend(&rows);
    data.extend(adler(&rows).to_be_bytes());
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    chunk(&mut png, *b"IHDR", &[0, 0, 0, side, 0, 0, 0, side, 8, 2, 0, 0, 0]);
    chunk(&mut png, *b"IDAT", &data);
    chunk(&mut png, *b"IEND", &[]);
    png
}

fn chunk(png: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    png.extend(u32::try_from(data.len()).unwrap().to_be_bytes());
    let checked = [&kind[..], data].concat();
    png.extend(&checked);
    png.extend(crc(&checked).to_be_bytes());
}

fn crc(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { 0xedb8_8320 ^ (crc >> 1) } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}

fn adler(bytes: &[u8]) -> u32 {
    let (mut low, mut high) = (1_u32, 0_u32);
    for byte in bytes {
        low = (low + u32::from(*byte)) % 65521;
        high = (high + low) % 65521;
    }
    (high << 16) | low
}
