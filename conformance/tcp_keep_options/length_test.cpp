// The TCP_KEEP* options with a length below that of their value.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/filled_buffer.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/tcp_keep_options.h"

namespace cts {
namespace {

using namespace key::tcp_keep_options;

struct Option {
  int name;
  Requirement is_there;
};

Axis<Option> options() {
  return {{"keepidle", {TCP_KEEPIDLE, keepidle_round_trip}},
          {"keepintvl", {TCP_KEEPINTVL, keepintvl_round_trip}},
          {"keepcnt", {TCP_KEEPCNT, keepcnt_round_trip}}};
}

}  // namespace

CTS_CASE(KeepOptionLength, ShortIsRefusedBySet, set_short_length,
         over(tcp(), options(), numbers({0, 1, 2}))) {
  const auto& [family, option, length] = param;
  const Socket s = open_tcp(api(), family);
  const DWORD value = 5;
  Given(option.is_there, set_tcp_option(api(), s, option.name, value));
  const Result result =
      api().setsockopt(s, IPPROTO_TCP, option.name, reinterpret_cast<const char*>(&value), length);
  Expect("result", result, Fails(WSAEFAULT));
}

CTS_CASE(KeepOptionLength, ShortIsRefusedByGet, get_short_length,
         over(tcp(), options(), numbers({0, 1, 2}))) {
  const auto& [family, option, given] = param;
  const Socket s = open_tcp(api(), family);
  Given(option.is_there, set_tcp_option(api(), s, option.name, 5));
  FilledBuffer buffer;
  int length = given;
  const Result result = api().getsockopt(s, IPPROTO_TCP, option.name, buffer.data(), &length);
  Expect("result", result, Fails(WSAEFAULT));
}

CTS_CASE(KeepOptionLength, AfterAShortGet, get_short_length_length_after,
         over(tcp(), options(), numbers({0, 1, 2, 3}))) {
  const auto& [family, option, given] = param;
  const Socket s = open_tcp(api(), family);
  Given(option.is_there, set_tcp_option(api(), s, option.name, 5));
  FilledBuffer buffer;
  int length = given;
  const Result result = api().getsockopt(s, IPPROTO_TCP, option.name, buffer.data(), &length);
  Record("result", result);
  Record("length", length);
}

}  // namespace cts
