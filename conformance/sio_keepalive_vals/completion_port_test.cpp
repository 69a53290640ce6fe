// The control code on a socket that is bound to a completion port, of which its page is silent.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/event.h"
#include "fixtures/sockets/overlapped_call.h"
#include "fixtures/sockets/socket.h"
#include "fixtures/verdict/case.h"
#include "keys/sio_keepalive_vals.h"

namespace cts {
namespace {

using namespace key::sio_keepalive_vals;

constexpr tcp_keepalive kOn{1, 10'000, 1'000};
constexpr ULONG_PTR kKey = 0x5EED;

}  // namespace

CTS_CASE(CompletionPort, GetsAPacket, completion_port_packet, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  OverlappedCall call(api(), s, Notice::port, kKey);
  Record("result", call.begin(kOn));
  const bool completed = call.completed();
  Record("packet", completed);
  if (!completed) return;
  const Packet& packet = call.packet();
  Record("result of the packet", packet.result);
  Record("bytes", packet.bytes);
  Record("key is the socket's", packet.key == kKey);
  Record("structure is the call's", packet.structure == &call.structure());
  Record("second packet", call.another_packet(kNothingComes));
}

CTS_CASE(CompletionPort, SkippedOnSuccess, completion_port_skip_on_success, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  OverlappedCall call(api(), s, Notice::port);
  const auto file = reinterpret_cast<HANDLE>(static_cast<SOCKET>(s));
  Record("setting the mode",
         api().SetFileCompletionNotificationModes(file, FILE_SKIP_COMPLETION_PORT_ON_SUCCESS));
  Record("result", call.begin(kOn));
  Record("packet", call.completed(kNothingComes));
}

CTS_CASE(CompletionPort, WithTheLowBitOfTheEvent, completion_port_event_low_bit, over(tcp())) {
  const Socket s = open_tcp(api(), param);
  const Event event(api());
  OverlappedCall call(api(), s, Notice::port);
  const auto handle = reinterpret_cast<ULONG_PTR>(static_cast<HANDLE>(event));
  call.structure().hEvent = reinterpret_cast<HANDLE>(handle | 1);
  Record("result", call.begin(kOn));
  Record("packet", call.completed(kNothingComes));
  Record("event is signalled", event.signalled());
}

}  // namespace cts
