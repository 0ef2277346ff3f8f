// The common half of a service's main.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "libs/education/clock.h"
#include "libs/education/id_source.h"
#include "libs/events/outbox.h"
#include "libs/events/reaction.h"
#include "libs/service/config.h"
#include "libs/service/process.h"
#include "libs/storage/pool.h"

namespace pathways::runtime {

struct RuntimeConfig {
  std::string database_url;
  std::string migration_url;
  std::string kafka_brokers;
  int pool_size = 8;

  static RuntimeConfig Read(service::ConfigReader& env);
};

// What a service owns besides its own tables.
struct ServiceTraits {
  std::string name;  // "registry": its migrations, topic (pathways.registry.v1), consumer group and
                     // event source
  // Further library migrations it needs, such as "importing".
  std::vector<std::string> libraries;
  // Its topic keeps the last state of each key for ever, rather than every event.
  bool compacted_topic = false;
};

// Starts in its constructor, ends the process with a clear message when the database cannot be
// brought up to date. Everything it starts is stopped by the process, in the right order.
class Runtime {
 public:
  Runtime(service::Process& process, const RuntimeConfig& config, ServiceTraits traits);
  ~Runtime();
  Runtime(const Runtime&) = delete;
  Runtime& operator=(const Runtime&) = delete;

  storage::Pool& pool();
  events::Outbox& outbox();
  const education::Clock& clock();
  education::IdSource& ids();

  // Starts applying others' events. Once; the reactions must outlive the process's Run.
  void Consume(std::vector<events::Reaction*> reactions);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace pathways::runtime
