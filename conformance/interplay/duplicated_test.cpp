// Two descriptors of one socket.
#include "fixtures/api/names.h"
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/interplay.h"

namespace cts {
namespace {

Socket duplicate(SocketApi& api, SOCKET s) {
  WSAPROTOCOL_INFOW info{};
  const Result duplicated = api.WSADuplicateSocketW(s, api.GetCurrentProcessId(), &info);
  if (!duplicated.ok()) throw SetUpFailure("WSADuplicateSocketW gave " + outcome(duplicated));
  const SocketResult opened = api.WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO,
                                             &info, 0, WSA_FLAG_OVERLAPPED);
  if (!opened.ok()) throw SetUpFailure("WSASocketW gave " + outcome(opened));
  return {api, opened.value};
}

}  // namespace

CTS_CASE(DuplicatedSocket, AfterTheOption, key::interplay::duplicated_socket, over(tcp())) {
  const Socket original = open_tcp(api(), param);
  const Socket copy = duplicate(api(), original);
  turn_on(api(), copy);
  Record("original", read_keep_alive(api(), original));
  turn(api(), original, false);
  Record("copy", read_keep_alive(api(), copy));
}

CTS_CASE(DuplicatedSocket, AfterTheControlCode, key::interplay::duplicated_socket, over(tcp())) {
  const Socket original = open_tcp(api(), param);
  const Socket copy = duplicate(api(), original);
  turn_on_with(api(), copy, 30'000, 4'000);
  Record("original", read_keep_alive(api(), original));
  Record("TCP_KEEPIDLE", read_tcp_option(api(), original, TCP_KEEPIDLE));
  Record("TCP_KEEPINTVL", read_tcp_option(api(), original, TCP_KEEPINTVL));
}

}  // namespace cts
