// getsockopt with SO_KEEPALIVE: the value, in every state, and how it is written.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/filled_buffer.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/sockets/state.h"
#include "fixtures/verdict/case.h"
#include "keys/so_keepalive.h"

namespace cts {

using namespace key::so_keepalive;

CTS_CASE(FreshSocket, IsOff, fresh_off, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  Expect("keep-alive", keep_alive(api(), s), "off");
}

CTS_CASE(GetOption, GivesWhatWasSetInEveryState, get_any_state, over(tcp(), states())) {
  const auto [family, state] = param;
  InState s(api(), family);
  Given(set_one_enables, set_keep_alive(api(), s, 1));
  s.enter(state);
  Expect("keep-alive", read_keep_alive(api(), s), "on");
}

CTS_CASE(GetOption, WritesAFullDword, get_full_dword, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  FilledBuffer buffer;
  int length = 4;
  Given(get_any_state, api().getsockopt(s, SOL_SOCKET, SO_KEEPALIVE, buffer.data(), &length));
  Expect("bytes written", buffer.written(), 4);
  Expect("length", length, 4);
}

CTS_CASE(GetOption, RefusesAShortLength, get_short_length, over(tcp(), numbers({1, 2, 3}))) {
  const auto [family, given] = param;
  const Socket s = open_tcp(api(), family);
  FilledBuffer buffer;
  int length = given;
  const Result result = api().getsockopt(s, SOL_SOCKET, SO_KEEPALIVE, buffer.data(), &length);
  Expect("result", result, Fails(WSAEFAULT));
}

CTS_CASE(GetOption, RefusesLengthZero, get_length_zero, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  FilledBuffer buffer;
  int length = 0;
  const Result result = api().getsockopt(s, SOL_SOCKET, SO_KEEPALIVE, buffer.data(), &length);
  Expect("result", result, Fails(WSAEFAULT));
}

CTS_CASE(GetOption, AnswersANegativeLength, get_negative_length, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  FilledBuffer buffer;
  int length = -1;
  const Result result = api().getsockopt(s, SOL_SOCKET, SO_KEEPALIVE, buffer.data(), &length);
  Record("result", result);
}

CTS_CASE(GetOption, CorrectsALongLength, get_longer_length, over(tcp(), numbers({8, 64}))) {
  const auto [family, given] = param;
  const Socket s = open_tcp(api(), family);
  FilledBuffer buffer;
  int length = given;
  const Result result = api().getsockopt(s, SOL_SOCKET, SO_KEEPALIVE, buffer.data(), &length);
  Expect("result", result, Succeeds());
  Expect("length", length, buffer.written());
}

}  // namespace cts
