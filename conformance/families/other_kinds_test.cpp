// Option and control code on sockets that are neither TCP nor UDP.
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket_kind.h"
#include "fixtures/verdict/case.h"
#include "keys/families.h"

namespace cts {
namespace {

using namespace key::families;

constexpr tcp_keepalive kOn{1, 10'000, 1'000};
constexpr tcp_keepalive kOff{0, 0, 0};

}  // namespace

CTS_CASE(RawSocket, ControlCode, raw_control_code, over(raw_sockets())) {
  const Socket s = open_socket(api(), param);
  Record("result of turning on", set_keep_alive_vals(api(), s, kOn));
  Record("result of turning off", set_keep_alive_vals(api(), s, kOff));
}

CTS_CASE(UnixSocket, ControlCode, unix_stream_control_code, once()) {
  const Socket s = open_socket(api(), unix_stream);
  Record("result of turning on", set_keep_alive_vals(api(), s, kOn));
  Record("result of turning off", set_keep_alive_vals(api(), s, kOff));
}

CTS_CASE(UnixSocket, Option, unix_stream_so_keepalive, once()) {
  const Socket s = open_socket(api(), unix_stream);
  Record("setting the option", set_keep_alive(api(), s, 1));
  Record("keep-alive", read_keep_alive(api(), s));
}

CTS_CASE(OtherProvider, TakesOptionAndControlCode, key::families::hyper_v_and_bluetooth,
         over(cts::hyper_v_and_bluetooth())) {
  const Socket s = open_socket(api(), param);
  Record("control code", set_keep_alive_vals(api(), s, kOn));
  Record("setting the option", set_keep_alive(api(), s, 1));
  Record("keep-alive", read_keep_alive(api(), s));
}

CTS_CASE(ReliableMessages, TakeOptionAndControlCode, key::families::reliable_messages,
         over(cts::reliable_messages())) {
  const Socket s = open_socket(api(), param);
  Record("control code", set_keep_alive_vals(api(), s, kOn));
  Record("setting the option", set_keep_alive(api(), s, 1));
  Record("keep-alive", read_keep_alive(api(), s));
}

}  // namespace cts
