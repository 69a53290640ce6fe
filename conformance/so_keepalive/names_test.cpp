// Levels, options and handles that are not there.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/not_a_socket.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/so_keepalive.h"

namespace cts {
namespace {

using namespace key::so_keepalive;

constexpr int kNoSuchOption = 0x7EEE;

Axis<int> unknown_levels() { return {{"0x1234", 0x1234}, {"0x8000", 0x8000}, {"0xffffffff", -1}}; }

Axis<int> other_levels() { return {{"ipproto-tcp", IPPROTO_TCP}, {"ipproto-ip", IPPROTO_IP}}; }

Result get(SocketApi& api, SOCKET s, int level, int option) {
  DWORD value = 0;
  int length = sizeof value;
  return api.getsockopt(s, level, option, reinterpret_cast<char*>(&value), &length);
}

Result set(SocketApi& api, SOCKET s, int level, int option) {
  const DWORD one = 1;
  return api.setsockopt(s, level, option, reinterpret_cast<const char*>(&one), sizeof one);
}

}  // namespace

CTS_CASE(UnknownLevel, IsRefusedByGet, get_unknown_level, over(tcp(), unknown_levels())) {
  const auto [family, level] = param;
  const Socket s = open_tcp(api(), family);
  Expect("result", get(api(), s, level, SO_KEEPALIVE), Fails(WSAEINVAL));
}

CTS_CASE(UnknownLevel, IsRefusedBySet, set_unknown_level, over(tcp(), unknown_levels())) {
  const auto [family, level] = param;
  const Socket s = open_tcp(api(), family);
  Expect("result", set(api(), s, level, SO_KEEPALIVE), Fails(WSAEINVAL));
}

CTS_CASE(OtherLevel, IsAnotherOption, set_other_level_keeps_state, over(tcp(), other_levels())) {
  const auto [family, level] = param;
  const Socket s = open_tcp(api(), family);
  Record("result", set(api(), s, level, SO_KEEPALIVE));
  Record("keep-alive", read_keep_alive(api(), s));
}

CTS_CASE(UnknownOption, IsRefusedByGet, get_unknown_option, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  Expect("result", get(api(), s, SOL_SOCKET, kNoSuchOption), Fails(WSAENOPROTOOPT));
}

CTS_CASE(UnknownOption, IsRefusedBySet, set_unknown_option, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  Expect("result", set(api(), s, SOL_SOCKET, kNoSuchOption), Fails(WSAENOPROTOOPT));
}

CTS_CASE(NotASocket, IsRefusedByGet, get_not_a_socket, over(not_sockets())) {
  const NotASocket handle(api(), param);
  Expect("result", get(api(), handle, SOL_SOCKET, SO_KEEPALIVE), Fails(WSAENOTSOCK));
}

CTS_CASE(NotASocket, IsRefusedBySet, set_not_a_socket, over(not_sockets())) {
  const NotASocket handle(api(), param);
  Expect("result", set(api(), handle, SOL_SOCKET, SO_KEEPALIVE), Fails(WSAENOTSOCK));
}

}  // namespace cts
