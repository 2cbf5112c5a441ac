//! One rule for values that are stored and exchanged as text: they are read by their own `parse` and written by their
//! own `Display`, so a value taken from storage has passed the same checks as one typed by a person.

/// Gives a type with `parse` and `Display` its `FromStr`, `Serialize` and `Deserialize`, all as text.
macro_rules! text_value {
    ([$($generics:tt)*] $type:ty, $error:ty) => {
        impl<$($generics)*> std::str::FromStr for $type {
            type Err = $error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::parse(text)
            }
        }

        impl<$($generics)*> serde::Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de, $($generics)*> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <String as serde::Deserialize>::deserialize(deserializer)?;
                Self::parse(&text).map_err(|error| $crate::sip::errors::as_serde_error(&error))
            }
        }
    };
    ($type:ty, $error:ty) => {
        text_value!([] $type, $error);
    };
}
