# shellcheck shell=bash
# Apache Kafka, one node in KRaft mode, from its own jars (tools/kafka/pom.xml) and Debian's Java 17.

kafka_libs() { printf '%s\n' "$PATHWAYS_CACHE/kafka/libs"; }
kafka_home() { printf '%s\n' "$PATHWAYS_RUN/kafka"; }
# A test's broker lives for minutes: the quick compiler alone starts sooner than the one that would pay off later.
kafka_java_options=()

# kafka_fetch: brings the jars with Maven, again only when pom.xml has changed.
kafka_fetch() {
  local pom=$PATHWAYS_ROOT/tools/kafka/pom.xml stamp=$PATHWAYS_CACHE/kafka/pom.xml start=$EPOCHREALTIME
  cmp -s "$pom" "$stamp" && return
  say_step "fetching Apache Kafka's jars with Maven (45 MB, once)"
  rm -rf "$(kafka_libs)"
  if ! mvn -B -q -f "$pom" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$(kafka_libs)" \
    >"$run_logs/maven.log" 2>&1; then
    tail -n 15 "$run_logs/maven.log" >&2
    die "Maven could not fetch Kafka; the whole output is in $(show_path "$run_logs/maven.log")"
  fi
  cp "$pom" "$stamp"
  say_detail "done in $(seconds_since "$start")"
}

kafka_java() {
  java -Xms128m -Xmx512m -XX:+UseSerialGC -Djava.awt.headless=true \
    -Dlog4j2.configurationFile="$PATHWAYS_ROOT/tools/kafka/log4j2.xml" -cp "$(kafka_libs)/*" "$@"
}

kafka_configure() {
  local broker controller
  broker=$(address_of KAFKA)
  controller=$(address_of KAFKA_CONTROLLER)
  cat "$PATHWAYS_ROOT/tools/kafka/server.properties"
  printf '%s\n' "listeners=PLAINTEXT://$broker,CONTROLLER://$controller" "advertised.listeners=PLAINTEXT://$broker" \
    "controller.quorum.bootstrap.servers=$controller" "log.dirs=$(kafka_home)/data"
}

# kafka_format: gives an empty data directory its identity. meta.properties is written last by Kafka itself.
kafka_format() {
  local id
  [[ -f $(kafka_home)/data/meta.properties ]] && return
  rm -rf "$(kafka_home)/data"
  # 16 random bytes in Kafka's alphabet; an id may not begin with '-', which its tools would take for an option.
  id=$(head -c 16 /dev/urandom | base64 | tr '+/' '-_' | tr -d '=' | sed 's/^-/A/')
  if ! kafka_java -XX:TieredStopAtLevel=1 kafka.tools.StorageTool format --standalone -t "$id" \
    -c "$(kafka_home)/server.properties" >"$run_logs/kafka-format.log" 2>&1; then
    say_error "Kafka's storage could not be formatted:"
    tail -n 15 "$run_logs/kafka-format.log" >&2
    return 1
  fi
}

# Kafka accepts connections only once its broker is unfenced and can serve.
kafka_answers() { port_taken "$(port_of KAFKA)"; }

kafka_start() {
  process_runs kafka && kafka_answers && return
  process_stop kafka
  mkdir -p "$(kafka_home)"
  port_choose KAFKA
  port_choose KAFKA_CONTROLLER
  kafka_configure >"$(kafka_home)/server.properties"
  kafka_format
  process_start kafka - java -Xms128m -Xmx512m -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError -Djava.awt.headless=true \
    "${kafka_java_options[@]}" -Dlog4j2.configurationFile="$PATHWAYS_ROOT/tools/kafka/log4j2.xml" \
    -cp "$(kafka_libs)/*" kafka.Kafka "$(kafka_home)/server.properties"
  # A broker that was killed checks its files first: about 20 s when measured on two busy cores.
  process_ready kafka 90 kafka_answers
}

kafka_stop() { process_stop kafka 30; }
