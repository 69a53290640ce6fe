// The TCP_KEEP* options in the SDK's headers, as far as it has them.
#include "fixtures/verdict/case.h"
#include "keys/tcp_keep_options.h"

namespace cts {
namespace {

struct OptionNumber {
  const char* name;
  int number;
};

Axis<OptionNumber> options() {
  return {{"keepalive", {"TCP_KEEPALIVE", 3}},
          {"keepidle", {"TCP_KEEPIDLE", 3}},
          {"maxrt", {"TCP_MAXRT", 5}},
          {"keepcnt", {"TCP_KEEPCNT", 16}},
          {"keepintvl", {"TCP_KEEPINTVL", 17}}};
}

}  // namespace

CTS_CASE(KeepOptionHeader, GivesTheNumber, key::tcp_keep_options::header_option_numbers, over(options())) {
  const HeaderFacts facts = api().headers().mstcpip;
  const auto found = facts.find(param.name);
  if (found == facts.end()) {
    throw NotRun(not_run::unsupported, std::string("the SDK of this build does not define ") + param.name);
  }
  Expect(param.name, found->second, param.number);
}

}  // namespace cts
