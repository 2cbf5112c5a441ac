//! Images as they stand on a page.

use krilla::Data;

use super::style::TEXT_HEIGHT;
use crate::document::image::{Image, Media};

/// English Metric Units in a point.
const POINT: u32 = 12_700;

/// The most dots an image may have: what is larger would take more memory than a paper is worth.
const MOST_DOTS: u64 = 40_000_000;

/// An image that can be drawn.
#[derive(Debug, Clone)]
pub(super) struct Picture {
    /// The image.
    pub(super) image: krilla::image::Image,
    /// How wide it is shown.
    pub(super) width: f32,
    /// How high it is shown.
    pub(super) height: f32,
}

impl Picture {
    /// Reads an image, and makes it no wider than there is room; nothing if it cannot be drawn.
    pub(super) fn read(image: &Image, room: f32) -> Option<Self> {
        let data = Data::from(image.bytes.get().to_vec());
        let read = match image.media {
            Media::Png => krilla::image::Image::from_png(data, false),
            Media::Jpeg => krilla::image::Image::from_jpeg(data, false),
            Media::Gif => krilla::image::Image::from_gif(data, false),
            Media::Bmp | Media::Tiff | Media::Emf | Media::Wmf | Media::Svg => return None,
        };
        let read = read.ok()?;
        let (across, down) = read.size();
        if across == 0 || down == 0 || u64::from(across) * u64::from(down) > MOST_DOTS {
            return None;
        }
        // Without a size of its own, an image has 96 dots to the inch.
        let shown = |units: u32, dots: u32| {
            let points = if units < POINT { dots.saturating_mul(3) / 4 } else { units / POINT };
            f32::from(u16::try_from(points.max(1)).unwrap_or(u16::MAX))
        };
        let (width, height) = (shown(image.width, across), shown(image.height, down));
        let scale = (room / width).min(0.85 * TEXT_HEIGHT / height).min(1.0);
        Some(Self { image: read, width: width * scale, height: height * scale })
    }
}
