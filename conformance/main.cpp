#include "fixtures/model/prove.h"
#include "fixtures/model/target.h"
#include "fixtures/verdict/program.h"

#if defined(_WIN32)
#include "fixtures/api/winsock/child_view.h"
#include "fixtures/api/winsock/registry.h"
#include "fixtures/api/winsock/target.h"
#endif

namespace {

// A build for Windows speaks to the system's Winsock unless a profile of the model is named.
std::unique_ptr<cts::Target> open_target(const std::string& profile) {
#if defined(_WIN32)
  if (profile.empty()) return cts::winsock::open_winsock();
#endif
  return cts::model::open_model(profile);
}

// Only the system's own registry outlasts the program.
std::unique_ptr<cts::RegistryApi> open_registry() {
#if defined(_WIN32)
  return std::make_unique<cts::winsock::SystemRegistry>();
#else
  return nullptr;
#endif
}

}  // namespace

int main(int argc, char** argv) {
#if defined(_WIN32)
  if (cts::winsock::is_viewer(argc, argv)) return cts::winsock::view_for_parent();
#endif
  return cts::run_program(argc, argv, {open_target, cts::model::write_kill_table, open_registry});
}
