// preview: what Kratix will store, and what kubectl get will show.
#include "invocation.h"
#include "kratix/kubectl_table.h"
#include "kratix/own_patch.h"
#include "kratix_status/json.h"
#include "kratix_status/yaml.h"
#include "operands.h"
#include "output.h"
#include "publishing.h"

namespace kratix_status::cli {

namespace {

Result<std::string> merge_patch_of(Invocation& invocation, const Preview& preview) {
  std::vector<std::string> warnings;
  Result<Map> own = own_patch(preview.previous, preview.file, invocation.pipeline().workflow, warnings);
  if (!own) return own.error();
  invocation.status().warn(std::move(warnings));
  Map patch;
  patch.set("status", std::move(*own));
  return show_json(patch) + "\n";
}

Result<std::string> shown(Invocation& invocation, const Preview& preview, const std::string& format) {
  if (format == "json") return show_json(preview.status) + "\n";
  if (format == "table") return kubectl_table(preview.name, preview.status, invocation.pipeline().workflow);
  if (format == "yaml") return show_yaml(Value(preview.status));
  return merge_patch_of(invocation, preview);
}

}  // namespace

int run_preview(Invocation& invocation) {
  constexpr std::string_view formats[] = {"yaml", "json", "table", "merge-patch"};
  const Result<std::string> format = output_format(invocation.options(), formats);
  if (!format) return report(format.error());
  if (!invocation.operands().empty()) return report(invocation.usage("takes no operand"));
  const Result<Preview> preview = preview_of(invocation);
  if (!preview) {
    invocation.warn_all();
    return report(preview.error());
  }
  const Result<std::string> text = shown(invocation, *preview, *format);
  invocation.warn_all();
  return text ? answer(*text) : report(text.error());
}

}  // namespace kratix_status::cli
