// Where the input buffer lies: misaligned, read-only, at the border of what can be read, or nowhere.
#include <array>
#include <cstring>

#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/bad_pointer.h"
#include "fixtures/sockets/guard_memory.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/sio_keepalive_vals.h"

namespace cts {
namespace {

using namespace key::sio_keepalive_vals;

constexpr tcp_keepalive kOn{1, 10'000, 1'000};

Axis<Bad> unreadable() { return {{"one", Bad::one}, {"inaccessible", Bad::inaccessible}}; }

}  // namespace

CTS_CASE(InputMemory, IsOnlyRead, input_only_read, over(tcp()), isolated) {
  const Socket s = open_tcp(api(), param);
  tcp_keepalive on = kOn;
  Record("result", set_keep_alive_vals(api(), s, &on, sizeof on));
  Record("bytes are the same after the call", std::memcmp(&on, &kOn, sizeof on) == 0);
  const GuardMemory read_only = GuardMemory::read_only(api().memory(), bytes_of(kOn));
  Record("result from read-only memory", set_keep_alive_vals(api(), s, read_only.data(), sizeof kOn));
}

CTS_CASE(InputMemory, MayBeUnaligned, input_unaligned, over(tcp(), numbers({1, 2, 3}))) {
  const auto [family, offset] = param;
  const Socket s = open_tcp(api(), family);
  alignas(8) std::array<char, 16> buffer{};
  std::memcpy(buffer.data() + offset, &kOn, sizeof kOn);
  Record("result", set_keep_alive_vals(api(), s, buffer.data() + offset, sizeof kOn));
}

CTS_CASE(InputMemory, MayChangeAfterwards, input_changed_after_return, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  tcp_keepalive values = kOn;
  Given(call_returns_zero, set_keep_alive_vals(api(), s, &values, sizeof values));
  values = {0, 0, 0};
  Record("keep-alive", read_keep_alive(api(), s));
}

CTS_CASE(InputMemory, NullIsAFault, input_null_pointer, over(tcp()), isolated) {
  const Socket s = open_tcp(api(), param);
  Expect("result", set_keep_alive_vals(api(), s, nullptr, 12), Fails(WSAEFAULT));
}

CTS_CASE(InputMemory, NullOfLengthZero, input_null_pointer_length_zero, over(tcp()), isolated) {
  const Socket s = open_tcp(api(), param);
  Record("result", set_keep_alive_vals(api(), s, nullptr, 0));
}

CTS_CASE(InputMemory, UnreadableIsAFault, input_unreadable_address, over(tcp(), unreadable()), isolated) {
  const auto [family, kind] = param;
  const Socket s = open_tcp(api(), family);
  const BadPointer input(api().memory(), kind);
  Expect("result", set_keep_alive_vals(api(), s, input.as<void>(), 12), Fails(WSAEFAULT));
}

CTS_CASE(InputMemory, OverAPageEndIsAFault, input_over_page_end, over(tcp()), isolated) {
  const Socket s = open_tcp(api(), param);
  const auto two_members = bytes_of(kOn).first(8);
  const GuardMemory input = GuardMemory::before_a_border(api().memory(), two_members);
  Expect("result", set_keep_alive_vals(api(), s, input.data(), 12), Fails(WSAEFAULT));
}

CTS_CASE(InputMemory, OfAHugeLength, input_huge_length,
         over(tcp(), Axis<DWORD>{{"0x7fffffff", 0x7FFFFFFF}, {"0xffffffff", 0xFFFFFFFF}}), isolated) {
  const auto [family, length] = param;
  const Socket s = open_tcp(api(), family);
  const GuardMemory input = GuardMemory::before_a_border(api().memory(), bytes_of(kOn));
  Record("result", set_keep_alive_vals(api(), s, input.data(), length));
}

CTS_CASE(InputMemory, FlushWithAPageEnd, input_flush_with_page_end, over(tcp()), isolated) {
  const Socket s = open_tcp(api(), param);
  const GuardMemory input = GuardMemory::before_a_border(api().memory(), bytes_of(kOn));
  Record("result", set_keep_alive_vals(api(), s, input.data(), 12));
}

CTS_CASE(InputMemory, WithAnUnreadableSurplus, input_unreadable_surplus, over(tcp()), isolated) {
  const Socket s = open_tcp(api(), param);
  const GuardMemory input = GuardMemory::before_a_border(api().memory(), bytes_of(kOn));
  Record("result", set_keep_alive_vals(api(), s, input.data(), 64));
}

}  // namespace cts
