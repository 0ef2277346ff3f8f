// The methods of pathways.panel.v1.AttachmentsService.
#pragma once

#include "pathways/panel/v1/attachments.pb.h"
#include "services/panel/api/panel_api.h"
#include "services/panel/domain/attachment.h"
#include "services/panel/files/virus_scan.h"

namespace pathways::panel {

// What the methods work with, living as long as the server.
struct AttachmentParts {
  PanelParts panel;
  VirusScanner* scanner = nullptr;  // null: none is set up, and files say so
};

service::Endpoint AttachmentsEndpoint(const AttachmentParts& parts);

void Fill(const Attachment& attachment, v1::Attachment* to);

}  // namespace pathways::panel
