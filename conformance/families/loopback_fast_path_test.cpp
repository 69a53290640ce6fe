// A loopback connection that leaves out most of the stack: SIO_LOOPBACK_FAST_PATH on at both ends.
#include <string>

#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/families.h"

namespace cts {
namespace {

// Before the socket is connected, or listens.
void take_fast_path(SocketApi& api, SOCKET s) {
  DWORD on = 1;
  DWORD bytes = 0;
  const Result result =
      api.WSAIoctl(s, SIO_LOOPBACK_FAST_PATH, &on, sizeof on, nullptr, 0, &bytes, nullptr, nullptr);
  if (!result.ok()) {
    throw NotRun(not_run::unsupported,
                 "this target has no loopback fast path: SIO_LOOPBACK_FAST_PATH gave " + outcome(result));
  }
}

}  // namespace

CTS_CASE(LoopbackFastPath, TakesOptionAndControlCode, key::families::loopback_fast_path_calls, over(tcp())) {
  const Socket listener = open_tcp(api(), param);
  take_fast_path(api(), listener);
  listen_on_loopback(api(), listener, param);
  const Socket s = open_tcp(api(), param);
  take_fast_path(api(), s);
  connect_to(api(), s, listener, param);
  const Socket accepted = accept_one(api(), listener);
  Record("setting the option", set_keep_alive(api(), s, 1));
  Record("keep-alive after the option", read_keep_alive(api(), s));
  Record("control code with onoff 0", set_keep_alive_vals(api(), s, {0, 10'000, 1'000}));
  Record("keep-alive after the control code", read_keep_alive(api(), s));
  Record("control code at the accepted end", set_keep_alive_vals(api(), accepted, {1, 10'000, 1'000}));
  Record("keep-alive at the accepted end", read_keep_alive(api(), accepted));
}

}  // namespace cts
