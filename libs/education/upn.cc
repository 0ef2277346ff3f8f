#include "libs/education/upn.h"

#include <array>
#include <bit>
#include <cstring>
#include <optional>

#include "absl/status/status.h"
#include "absl/strings/str_cat.h"

namespace pathways::education {
namespace {

constexpr std::string_view kAlphabet = "ABCDEFGHJKLMNPQRTUVWXYZ";  // no I, O, S
constexpr unsigned kNoValue = 0xFF;
constexpr unsigned kLetters = 23;

// Layout of a packed number, from the low end: last character + 1 (digits 0 to 9, letters 10 to
// 32), eleven digits, check letter.
constexpr int kLastBits = 6;
constexpr int kDigitsBits = 37;
constexpr std::uint64_t kLastMask = (1U << kLastBits) - 1;
constexpr std::uint64_t kDigitsMask = (1ULL << kDigitsBits) - 1;
constexpr std::uint64_t kMaxDigits = 99'999'999'999ULL;

constexpr std::array<std::uint8_t, 256> MakeLetterValues() {
  std::array<std::uint8_t, 256> values{};
  values.fill(kNoValue);
  for (std::size_t i = 0; i < kAlphabet.size(); ++i) {
    values[static_cast<unsigned char>(kAlphabet[i])] = static_cast<std::uint8_t>(i);
  }
  return values;
}
constexpr std::array<std::uint8_t, 256> kLetterValues = MakeLetterValues();

unsigned LetterValue(char c) { return kLetterValues[static_cast<unsigned char>(c)]; }
unsigned DigitValue(char c) { return static_cast<unsigned char>(c - '0'); }
bool IsDigit(char c) { return DigitValue(c) <= 9; }

std::uint64_t Pack(unsigned check, std::uint64_t digits, unsigned last_rank) {
  return (std::uint64_t{check} << (kDigitsBits + kLastBits)) | (digits << kLastBits) |
         (last_rank + 1);
}

// What the last character adds to the packed number (digits before letters) and to the check sum
// (its own value).
struct LastCharacter {
  unsigned rank;
  unsigned value;
};
LastCharacter ReadLast(char c) {
  if (IsDigit(c)) return {DigitValue(c), DigitValue(c)};
  const unsigned letter = LetterValue(c);
  return {letter == kNoValue ? kNoValue : letter + 10, letter};
}

// Eight digits of text at once: their number, and the sum of each times its weight 2, 3, ... 9.
struct EightDigits {
  std::uint64_t number;
  unsigned weighted;
  bool all_digits;
};
EightDigits ReadEightDigits(const char* text) {
  static_assert(std::endian::native == std::endian::little);
  std::uint64_t v;
  std::memcpy(&v, text, sizeof(v));
  const std::uint64_t high = (v & 0xF0F0F0F0F0F0F0F0ULL) ^ 0x3030303030303030ULL;
  const std::uint64_t over_nine =
      ((v & 0x0F0F0F0F0F0F0F0FULL) + 0x0606060606060606ULL) & 0xF0F0F0F0F0F0F0F0ULL;
  v &= 0x0F0F0F0F0F0F0F0FULL;
  // Four 16-bit lanes each hold one digit; the top lane of the product is the sum of digit times
  // weight (216 at most).
  const std::uint64_t even = (v & 0x00FF00FF00FF00FFULL) * 0x0002000400060008ULL >> 48;
  const std::uint64_t odd = ((v >> 8) & 0x00FF00FF00FF00FFULL) * 0x0003000500070009ULL >> 48;
  v = (v * 10) + (v >> 8);  // pairs in every second byte
  v = (((v & 0x000000FF000000FFULL) * 0x000F424000000064ULL) +
       (((v >> 16) & 0x000000FF000000FFULL) * 0x0000271000000001ULL)) >>
      32;
  return {v, static_cast<unsigned>(even + odd), (high | over_nine) == 0};
}

// Trimmed, without spaces and hyphens, upper case. The no-break space of spreadsheets (U+00A0)
// counts as a space.
std::string Normalise(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == ' ' || c == '-' || (c >= '\t' && c <= '\r')) continue;
    if (c == '\xC2' && i + 1 < text.size() && text[i + 1] == '\xA0') {
      ++i;
      continue;
    }
    out.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c);
  }
  return out;
}

std::optional<std::string> WhyWrongLength(std::string_view text) {
  if (text.empty()) return "the UPN is empty: give all 13 characters";
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) {
      return "the UPN has a character that is no plain letter or digit: type it again";
    }
  }
  if (text.size() == Upn::kLength) return std::nullopt;
  return absl::StrCat("the UPN has ", text.size(),
                      " characters instead of 13: check it for one too ",
                      text.size() < Upn::kLength ? "few" : "many");
}

std::optional<std::string> WhyWrongShape(std::string_view text) {
  if (IsDigit(text[0])) return "the UPN begins with a digit: it begins with its check letter";
  if (LetterValue(text[0]) == kNoValue) {
    return "the UPN's first character is no check letter (A to Z without I, O and S)";
  }
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (!IsDigit(text[i])) {
      return absl::StrCat("character ", i + 1,
                          " of the UPN must be a digit: look for letter O for 0, or I for 1");
    }
  }
  if (ReadLast(text.back()).rank == kNoValue) {
    return "the UPN's last character must be a digit or, in a temporary UPN, a letter other than "
           "I, O and S";
  }
  return std::nullopt;
}

// Of a body whose shape is right: digits, then a digit or letter.
unsigned CheckLetterIndex(std::string_view last_twelve) {
  unsigned sum = ReadLast(last_twelve.back()).value * 13;
  for (unsigned i = 0; i < 11; ++i) sum += DigitValue(last_twelve[i]) * (i + 2);
  return sum % kLetters;
}

}  // namespace

std::uint64_t Upn::ParsePacked(const char* text, std::size_t length) {
  if (length != kLength) return kInvalidPacked;
  const unsigned check = LetterValue(text[0]);
  const EightDigits front = ReadEightDigits(text + 1);
  const unsigned d9 = DigitValue(text[9]);
  const unsigned d10 = DigitValue(text[10]);
  const unsigned d11 = DigitValue(text[11]);
  const LastCharacter last = ReadLast(text[12]);
  const unsigned sum = front.weighted + d9 * 10 + d10 * 11 + d11 * 12 + last.value * 13;
  const bool shape = front.all_digits && d9 <= 9 && d10 <= 9 && d11 <= 9 && last.rank != kNoValue;
  if (!shape || sum % kLetters != check) return kInvalidPacked;
  return Pack(check, front.number * 1000 + d9 * 100 + d10 * 10 + d11, last.rank);
}

absl::StatusOr<Upn> Upn::Parse(std::string_view text) {
  const std::string upn = Normalise(text);
  if (const auto why = WhyWrongLength(upn)) return absl::InvalidArgumentError(*why);
  if (const auto why = WhyWrongShape(upn)) return absl::InvalidArgumentError(*why);
  const std::uint64_t packed = ParsePacked(upn.data(), upn.size());
  if (packed == kInvalidPacked) {
    return absl::InvalidArgumentError(
        "the UPN's check letter does not fit its digits: a character is mistyped or two are "
        "swapped; compare it with "
        "the pupil's record");
  }
  return Upn(packed);
}

absl::StatusOr<Upn> Upn::FromBody(std::string_view last_twelve) {
  std::string text = "A";
  text += last_twelve;
  if (text.size() != kLength || WhyWrongShape(text)) {
    return absl::InvalidArgumentError(
        "a UPN's body is eleven digits and a last digit or letter other than I, O and S");
  }
  text[0] = kAlphabet[CheckLetterIndex(last_twelve)];
  return Parse(text);
}

absl::StatusOr<Upn> Upn::FromPacked(std::uint64_t packed) {
  const std::uint64_t check = packed >> (kDigitsBits + kLastBits);
  const std::uint64_t last = packed & kLastMask;
  const bool in_range = check < kLetters && last >= 1 && last <= 10 + kLetters &&
                        ((packed >> kLastBits) & kDigitsMask) <= kMaxDigits;
  if (in_range) {
    const std::string text = Upn(packed).ToString();
    if (ParsePacked(text.data(), text.size()) == packed) return Upn(packed);
  }
  return absl::InvalidArgumentError("this number is no packed UPN");
}

bool Upn::is_temporary() const { return (packed_ & kLastMask) > 10; }

std::string Upn::ToString() const {
  const unsigned last = static_cast<unsigned>(packed_ & kLastMask) - 1;
  std::string text(kLength, '0');
  text[0] = kAlphabet[packed_ >> (kDigitsBits + kLastBits)];
  std::uint64_t digits = (packed_ >> kLastBits) & kDigitsMask;
  for (std::size_t i = 11; i >= 1; --i, digits /= 10) {
    text[i] = static_cast<char>('0' + digits % 10);
  }
  text[12] = last <= 9 ? static_cast<char>('0' + last) : kAlphabet[last - 10];
  return text;
}

}  // namespace pathways::education
