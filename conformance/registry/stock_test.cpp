// The registry values that change the defaults: whether the system has them at all.
#include "fixtures/registry/keep_alive_values.h"
#include "fixtures/verdict/case.h"
#include "keys/registry.h"

namespace cts {
namespace {

using namespace key::registry;

Axis<std::string> times() {
  return {{"KeepAliveTime", "KeepAliveTime"}, {"KeepAliveInterval", "KeepAliveInterval"}};
}

Value value_of(SocketApi& api, const std::string& name) {
  const RegistryRead read = api.registry().RegQueryValueExW(kTcpipParameters, name);
  if (read.status == ERROR_ACCESS_DENIED) throw NotRun(not_run::no_right, name + " may not be read");
  return described(read);
}

}  // namespace

// No program can see whether a system is as it was installed. Where somebody set a value this deviates,
// and shows the value that then changes all defaults.
CTS_CASE(RegistryValue, IsAbsentAsInstalled, stock_absent, over(times())) {
  Expect("value", value_of(api(), param), "absent");
}

CTS_CASE(RegistryValue, IsSetOnThisSystem, hardened_image, once()) {
  for (const char* const name : kKeepAliveValues) Record(name, value_of(api(), name));
}

}  // namespace cts
