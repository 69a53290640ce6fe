# One header of requirement keys for each ledger file, made anew when the ledger changes.
find_package(Python3 3.11 REQUIRED COMPONENTS Interpreter)

set(ledger ${CMAKE_SOURCE_DIR}/conformance/ledger)
set(generated ${CMAKE_BINARY_DIR}/generated)
file(GLOB_RECURSE ledger_files CONFIGURE_DEPENDS ${ledger}/*.toml)
file(GLOB requirement_files CONFIGURE_DEPENDS ${ledger}/requirements/*.toml)

set(key_headers ${generated}/keys/ledger.h)
foreach(file ${requirement_files})
  get_filename_component(area ${file} NAME_WE)
  list(APPEND key_headers ${generated}/keys/${area}.h)
endforeach()

add_custom_command(
  OUTPUT ${generated}/keys.stamp
  BYPRODUCTS ${key_headers}
  COMMAND Python3::Interpreter ${ledger}/generate_keys.py --out ${generated}
  COMMAND ${CMAKE_COMMAND} -E touch ${generated}/keys.stamp
  DEPENDS ${ledger_files} ${ledger}/generate_keys.py
  COMMENT "Requirement keys from the ledger")
add_custom_target(cts_keys DEPENDS ${generated}/keys.stamp)
