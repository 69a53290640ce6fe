// Control codes that do not exist, and providers that do not have this one.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/overlapped_call.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/sockets/socket_kind.h"
#include "fixtures/verdict/case.h"
#include "keys/sio_keepalive_vals.h"

namespace cts {
namespace {

using namespace key::sio_keepalive_vals;

Axis<DWORD> unknown_codes() {
  return {{"0xdeadbeef", 0xDEADBEEF},
          {"another-number", SIO_KEEPALIVE_VALS + 0x7000},
          {"with-output", SIO_KEEPALIVE_VALS | 0x40000000}};
}

}  // namespace

CTS_CASE(UnknownCode, IsRefused, errors_unknown_code, over(tcp(), unknown_codes())) {
  const auto [family, code] = param;
  const Socket s = open_tcp(api(), family);
  tcp_keepalive on{1, 10'000, 1'000};
  DWORD bytes = 0;
  const Result result = api().WSAIoctl(s, code, &on, sizeof on, nullptr, 0, &bytes, nullptr, nullptr);
  Expect("result", result, Fails(WSAEINVAL));
}

CTS_CASE(UnknownCode, WithOverlapped, errors_unknown_code_overlapped, over(tcp(), unknown_codes())) {
  const auto [family, code] = param;
  const Socket s = open_tcp(api(), family);
  OverlappedCall call(api(), s, Notice::port);
  const Result result = call.begin_other(code);
  Record("result", result);
  if (is_pending(result)) Record("completion", call.completion());
  Record("status in the structure", hex(static_cast<DWORD>(call.structure().Internal)));
}

CTS_CASE(OtherProvider, DoesNotSupportTheCode, errors_provider_without_code,
         over(streams_of_other_providers())) {
  const Socket s = open_socket(api(), param);
  const Result result = set_keep_alive_vals(api(), s, {1, 10'000, 1'000});
  if (result.ok()) throw NotRun(not_run::missing, "this provider supports the control code");
  Expect("result", result, Fails(WSAEOPNOTSUPP));
}

}  // namespace cts
