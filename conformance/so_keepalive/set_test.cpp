// setsockopt with SO_KEEPALIVE: values, lengths, pointers.
#include <array>
#include <climits>

#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/bad_pointer.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/so_keepalive.h"

namespace cts {
namespace {

using namespace key::so_keepalive;

Axis<DWORD> nonzero_values() {
  return {{"2", 2},
          {"0x100", 0x100},
          {"0x00ff0000", 0x00FF0000},
          {"0x80000000", 0x80000000},
          {"0xffffffff", 0xFFFFFFFF}};
}

}  // namespace

CTS_CASE(SetOption, OneTurnsItOn, set_one_enables, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  Expect("return value", set_keep_alive(api(), s, 1).value, 0);
  Expect("keep-alive", keep_alive(api(), s), "on");
}

CTS_CASE(SetOption, ZeroTurnsItOff, set_zero_disables, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  turn_on(api(), s);
  Expect("return value", set_keep_alive(api(), s, 0).value, 0);
  Expect("keep-alive", keep_alive(api(), s), "off");
}

CTS_CASE(SetOption, AnyNonzeroValueTurnsItOn, set_any_nonzero_enables, over(tcp(), nonzero_values())) {
  const auto [family, value] = param;
  const Socket s = open_tcp(api(), family);
  Expect("result", set_keep_alive(api(), s, value), Succeeds());
  Expect("keep-alive", keep_alive(api(), s), "on");
}

CTS_CASE(SetOption, RefusesAShortLength, set_short_length, over(tcp(), numbers({1, 2, 3}))) {
  const auto [family, length] = param;
  const Socket s = open_tcp(api(), family);
  const DWORD one = 1;
  const Result result =
      api().setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, reinterpret_cast<const char*>(&one), length);
  Expect("result", result, Fails(WSAEFAULT));
}

CTS_CASE(SetOption, RefusesLengthZero, set_length_zero, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  turn_on(api(), s);
  const DWORD zero = 0;
  const Result result =
      api().setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, reinterpret_cast<const char*>(&zero), 0);
  Expect("result", result, Fails(WSAEFAULT));
  Record("keep-alive", read_keep_alive(api(), s));
}

CTS_CASE(SetOption, AnswersANegativeLength, set_negative_length,
         over(tcp(), Axis<int>{{"minus-one", -1}, {"smallest", INT_MIN}})) {
  const auto [family, length] = param;
  const Socket s = open_tcp(api(), family);
  const DWORD one = 1;
  const Result result =
      api().setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, reinterpret_cast<const char*>(&one), length);
  Record("result", result);
}

CTS_CASE(SetOption, AnswersALongLength, set_longer_length, over(tcp(), numbers({5, 8, 64}))) {
  const auto [family, length] = param;
  const Socket s = open_tcp(api(), family);
  const std::array<char, 64> one{1};
  const Result result = api().setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, one.data(), length);
  Record("result", result);
  Record("keep-alive", read_keep_alive(api(), s));
}

CTS_CASE(SetOption, RefusesAnInvalidValuePointer, set_invalid_value_pointer, over(tcp(), bad_pointers()),
         isolated) {
  const auto [family, kind] = param;
  const Socket s = open_tcp(api(), family);
  const BadPointer value(api().memory(), kind);
  const Result result = api().setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, value.as<char>(), 4);
  Expect("result", result, Fails(WSAEFAULT));
}

CTS_CASE(SetOption, RefusesAValueOverAPageEnd, set_invalid_value_pointer, over(tcp()), isolated) {
  const Socket s = open_tcp(api(), param);
  const std::array<std::byte, 2> half_a_value{std::byte{1}};
  const GuardMemory value = GuardMemory::before_a_border(api().memory(), half_a_value);
  const Result result = api().setsockopt(s, SOL_SOCKET, SO_KEEPALIVE, value.as<char>(), 4);
  Expect("result", result, Fails(WSAEFAULT));
}

CTS_CASE(SetOption, AnswersTheSameValueAgain, set_same_value, over(tcp(), numbers<DWORD>({0, 1}))) {
  const auto [family, value] = param;
  const Socket s = open_tcp(api(), family);
  Given(value != 0 ? set_one_enables : set_zero_disables, set_keep_alive(api(), s, value));
  Record("result of the second call", set_keep_alive(api(), s, value));
  Record("keep-alive", read_keep_alive(api(), s));
}

CTS_CASE(SetOption, SurvivesBind, set_survives_bind, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  turn_on(api(), s);
  bind_to_loopback(api(), s, param);
  Expect("keep-alive", keep_alive(api(), s), "on");
}

}  // namespace cts
