// The output buffer, which the operation does not use.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/bad_pointer.h"
#include "fixtures/sockets/filled_buffer.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/sio_keepalive_vals.h"

namespace cts {
namespace {

using namespace key::sio_keepalive_vals;

Result call_with_output(SocketApi& api, SOCKET s, void* output, DWORD size) {
  tcp_keepalive on{1, 10'000, 1'000};
  DWORD bytes = 0;
  return api.WSAIoctl(s, SIO_KEEPALIVE_VALS, &on, sizeof on, output, size, &bytes, nullptr, nullptr);
}

Result ask_for_output(SocketApi& api, SOCKET s, bool with_input, FilledBuffer& output) {
  tcp_keepalive on{1, 10'000, 1'000};
  DWORD bytes = 0;
  return api.WSAIoctl(s, SIO_KEEPALIVE_VALS, with_input ? &on : nullptr, with_input ? sizeof on : 0,
                      output.data(), sizeof on, &bytes, nullptr, nullptr);
}

Axis<bool> input_or_none() { return {{"input", true}, {"no-input", false}}; }

}  // namespace

CTS_CASE(OutputBuffer, OfANonzeroSize, output_size_nonzero, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  FilledBuffer output;
  Record("result", call_with_output(api(), s, output.data(), 16));
}

CTS_CASE(OutputBuffer, StaysUntouched, output_stays_untouched, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  FilledBuffer output;
  call_with_output(api(), s, output.data(), 16);
  Expect("bytes of output written", output.written(), 0);
}

CTS_CASE(OutputBuffer, OfSizeZeroMakesNoDifference, output_pointer_with_size_zero, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  FilledBuffer output;
  Expect("result", call_with_output(api(), s, output.data(), 0), Succeeds());
  Expect("bytes of output written", output.written(), 0);
  Expect("keep-alive", keep_alive(api(), s), "on");
}

CTS_CASE(OutputBuffer, NullWithASize, output_null_with_size, over(tcp()), isolated) {
  const Socket s = open_tcp(api(), param);
  Record("result", call_with_output(api(), s, nullptr, 16));
}

CTS_CASE(OutputBuffer, AtAnUnreadableAddress, output_unreadable_address, over(tcp(), numbers<DWORD>({0, 16})),
         isolated) {
  const auto [family, size] = param;
  const Socket s = open_tcp(api(), family);
  const BadPointer output(api().memory(), Bad::one);
  Record("result", call_with_output(api(), s, output.as<void>(), size));
}

CTS_CASE(Readback, WritesNothing, output_no_readback, over(tcp(), input_or_none())) {
  const auto [family, with_input] = param;
  const Socket s = open_tcp(api(), family);
  FilledBuffer output;
  ask_for_output(api(), s, with_input, output);
  Expect("bytes of output written", output.written(), 0);
}

CTS_CASE(Readback, Answer, output_no_readback_answer, over(tcp(), input_or_none())) {
  const auto [family, with_input] = param;
  const Socket s = open_tcp(api(), family);
  FilledBuffer output;
  Record("result", ask_for_output(api(), s, with_input, output));
}

}  // namespace cts
