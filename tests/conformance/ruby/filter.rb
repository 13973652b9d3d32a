# Ruby's emitter of YAML, Psych, as a filter of JSON objects, one a line in, one a line out.
#
#     ruby filter.rb write
#     ruby filter.rb versions
#
# A line in: {"name", "json"}. A line out: {"name", "yaml"} or {"name", "error"}, flushed before the next is read.
require "json"
require "psych"

case ARGV[0]
when "versions"
  puts "psych #{Psych::VERSION}", "libyaml #{Psych::LIBYAML_VERSION}"
when "write"
  $stdin.set_encoding(Encoding::UTF_8)
  $stdin.each_line do |line|
    request = JSON.parse(line, max_nesting: false)
    reply =
      begin
        { yaml: Psych.dump(request["json"]) }
      rescue StandardError => cause
        { error: "#{cause.class}: #{cause.message}" }
      end
    puts JSON.generate({ name: request["name"] }.merge(reply), script_safe: true)
    $stdout.flush
  end
else
  abort "usage: ruby filter.rb write|versions"
end
