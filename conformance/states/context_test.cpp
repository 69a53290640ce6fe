// Option and control code on sockets of AcceptEx and ConnectEx that were not given their context.
#include "fixtures/sockets/axes.h"
#include "fixtures/sockets/extended.h"
#include "fixtures/sockets/keep_alive.h"
#include "fixtures/verdict/case.h"
#include "keys/states.h"

namespace cts {
namespace {

template <typename Note>
void note_answers(SocketApi& api, SOCKET s, Note note) {
  note("state", read_keep_alive(api, s));
  note("option", set_keep_alive(api, s, 1));
  note("after the option", read_keep_alive(api, s));
  note("control code", set_keep_alive_vals(api, s, {0, 10'000, 1'000}));
  note("after the control code", read_keep_alive(api, s));
}

}  // namespace

CTS_CASE(WithoutContext, AcceptedByAcceptEx, key::states::context_not_updated, over(tcp())) {
  AcceptedEx s(api(), param);
  s.accept();
  note_answers(api(), s.accepted, [this](const char* name, const Value& value) { Record(name, value); });
}

CTS_CASE(WithoutContext, ConnectedByConnectEx, key::states::context_not_updated, over(tcp())) {
  ConnectedEx s(api(), param);
  s.connect();
  note_answers(api(), s.caller, [this](const char* name, const Value& value) { Record(name, value); });
}

}  // namespace cts
