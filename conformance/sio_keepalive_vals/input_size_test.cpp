// The size of the input buffer.
#include <array>
#include <cstring>

#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/sio_keepalive_vals.h"

namespace cts {

using namespace key::sio_keepalive_vals;

CTS_CASE(ExactInput, IsAccepted, input_exact_size, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  tcp_keepalive on{1, 10'000, 1'000};
  Expect("result", set_keep_alive_vals(api(), s, &on, 12), Succeeds());
}

CTS_CASE(LongInput, IsAcceptedForItsFirstBytes, input_larger_size,
         over(tcp(), numbers<DWORD>({13, 16, 64, 4096}))) {
  const auto [family, length] = param;
  const Socket s = open_tcp(api(), family);
  turn_on_with(api(), s, 10'000, 1'000);
  std::array<char, 4096> input;
  input.fill('\xCC');
  const tcp_keepalive off{0, 10'000, 1'000};
  std::memcpy(input.data(), &off, sizeof off);
  Expect("result", set_keep_alive_vals(api(), s, input.data(), length), Succeeds());
  Expect("keep-alive", keep_alive(api(), s), "off");
}

CTS_CASE(ShortInput, IsInvalidByTheCodesPage, input_short_buffer_page,
         over(tcp(), numbers<DWORD>({0, 1, 4, 8, 11}))) {
  const auto [family, length] = param;
  const Socket s = open_tcp(api(), family);
  tcp_keepalive on{1, 10'000, 1'000};
  Expect("result", set_keep_alive_vals(api(), s, &on, length), Fails(WSAEINVAL));
}

CTS_CASE(ShortInput, IsAFaultByTheCallsPage, input_short_buffer_wsaioctl,
         over(tcp(), numbers<DWORD>({0, 1, 4, 8, 11}))) {
  const auto [family, length] = param;
  const Socket s = open_tcp(api(), family);
  tcp_keepalive on{1, 10'000, 1'000};
  Expect("result", set_keep_alive_vals(api(), s, &on, length), Fails(WSAEFAULT));
}

CTS_CASE(ShortInput, ChangesNothing, input_short_buffer_changes_nothing, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  turn_on_with(api(), s, 10'000, 1'000);
  tcp_keepalive off{0, 10'000, 1'000};
  Record("result", set_keep_alive_vals(api(), s, &off, 11));
  Record("keep-alive", read_keep_alive(api(), s));
}

}  // namespace cts
