// Where the TCP_KEEP* options are not to be had: before their Windows version, and on datagram sockets.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/tcp_keep_options.h"

namespace cts {
namespace {

using namespace key::tcp_keep_options;

Axis<int> options() {
  return {{"keepidle", TCP_KEEPIDLE}, {"keepintvl", TCP_KEEPINTVL}, {"keepcnt", TCP_KEEPCNT}};
}

}  // namespace

CTS_CASE(OldWindows, HasNoKeepIdle, keepidle_before_its_version, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  Expect("set", set_tcp_option(api(), s, TCP_KEEPIDLE, 60), Fails(WSAENOPROTOOPT));
  Expect("get", read_tcp_option(api(), s, TCP_KEEPIDLE), Fails(WSAENOPROTOOPT));
}

CTS_CASE(OldWindows, HasNoKeepInterval, keepintvl_before_its_version, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  Expect("set", set_tcp_option(api(), s, TCP_KEEPINTVL, 5), Fails(WSAENOPROTOOPT));
  Expect("get", read_tcp_option(api(), s, TCP_KEEPINTVL), Fails(WSAENOPROTOOPT));
}

CTS_CASE(OldWindows, HasNoKeepCount, keepcnt_before_its_version, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  Expect("set", set_tcp_option(api(), s, TCP_KEEPCNT, 5), Fails(WSAENOPROTOOPT));
  Expect("get", read_tcp_option(api(), s, TCP_KEEPCNT), Fails(WSAENOPROTOOPT));
}

CTS_CASE(OldWindows, HasAnotherOption16, option_16_on_2003, over(tcp())) {
  constexpr int kSixteen = 16;
  const Socket s = open_tcp(api(), param);
  Record("set", set_tcp_option(api(), s, kSixteen, 5));
  Record("get", read_tcp_option(api(), s, kSixteen));
}

CTS_CASE(KeepOptions, OnADatagramSocket, datagram_socket, over(udp(), options())) {
  const auto [family, optname] = param;
  const Socket s = open_udp(api(), family);
  Record("set", set_tcp_option(api(), s, optname, 5));
  Record("get", read_tcp_option(api(), s, optname));
}

}  // namespace cts
