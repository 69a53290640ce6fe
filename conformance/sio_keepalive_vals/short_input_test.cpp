// SIO_KEEPALIVE_VALS with an input shorter than the structure.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/sio_keepalive_vals.h"

namespace cts {

using namespace key::sio_keepalive_vals;

CTS_CASE(ShortInput, IsInvalidByTheCodesPage, input_short_buffer_page,
         over(tcp(), numbers<DWORD>({0, 1, 4, 8, 11}))) {
  const auto [family, length] = param;
  const Socket s = open_tcp(api(), family);
  tcp_keepalive on{1, 10'000, 1'000};
  DWORD bytes = 0;
  const Result result =
      api().WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, length, nullptr, 0, &bytes, nullptr, nullptr);
  Expect("result", result, Fails(WSAEINVAL));
}

CTS_CASE(ShortInput, IsAFaultByTheCallsPage, input_short_buffer_wsaioctl,
         over(tcp(), numbers<DWORD>({0, 1, 4, 8, 11}))) {
  const auto [family, length] = param;
  const Socket s = open_tcp(api(), family);
  tcp_keepalive on{1, 10'000, 1'000};
  DWORD bytes = 0;
  const Result result =
      api().WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, length, nullptr, 0, &bytes, nullptr, nullptr);
  Expect("result", result, Fails(WSAEFAULT));
}

}  // namespace cts
