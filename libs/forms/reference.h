// Short references that people say on the telephone: EH-7K3M-2Q. The prefix names the kind of case.
#pragma once

#include <string>
#include <string_view>

#include "libs/education/id_source.h"

namespace pathways::forms {

// Six characters out of 25 that neither look alike nor spell words: no vowels, none of 0, 1, B, I,
// L, O, S, U, Z. One of 244 million; whoever stores it makes it unique.
std::string MakeReference(std::string_view prefix, const education::UuidBytes& random);

}  // namespace pathways::forms
