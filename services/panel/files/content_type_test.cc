#include "services/panel/files/content_type.h"

#include <gtest/gtest.h>

#include <string>

namespace pathways::panel {
namespace {

std::string Mime(std::string_view content) {
  const auto mime = MimeOfContent(content);
  EXPECT_TRUE(mime.ok()) << mime.status();
  return mime.value_or("");
}

// The first entry of a zip, as programs that write Word documents begin it.
std::string Zip(const std::string& name) {
  std::string zip("PK\x03\x04\x14\x00\x00\x00\x08\x00\x00\x00\x21\x00", 14);
  zip += std::string(12, '\x01');
  zip += static_cast<char>(name.size());
  zip += std::string("\x00\x00\x00", 3);
  return zip + name + std::string(64, 'x');
}

TEST(ContentType, IsToldByContent) {
  EXPECT_EQ(Mime("%PDF-1.7\n1 0 obj\n<<>>\nendobj\n"), "application/pdf");
  EXPECT_EQ(Mime(std::string("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01"
                             "\x08\x02\x00\x00\x00",
                             29)),
            "image/png");
  EXPECT_EQ(Mime(std::string("\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01", 18)),
            "image/jpeg");
  EXPECT_EQ(Mime("Dear panel,\n\nZo\xc3\xab has settled well.\n"), "text/plain");
  EXPECT_EQ(Mime(Zip("word/document.xml")),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
}

TEST(ContentType, SeesThroughAnotherName) {
  EXPECT_EQ(Mime("<!DOCTYPE html><html><script>alert(1)</script></html>"), "text/html");
  EXPECT_EQ(Mime("#!/bin/sh\nrm -rf /\n"), "text/x-shellscript");
  EXPECT_EQ(Mime(Zip("malware.exe")), "application/zip");
  EXPECT_EQ(Mime("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"/>"),
            "image/svg+xml");
}

}  // namespace
}  // namespace pathways::panel
