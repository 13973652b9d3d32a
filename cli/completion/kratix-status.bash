# bash completion for kratix-status. In ~/.bashrc: . <(kratix-status completion bash)
_kratix_status() {
  local i word text kept current=${COMP_WORDS[COMP_CWORD]} words=()
  COMPREPLY=()
  # Bash cuts words at = and the like, and replaces only what is behind the last one: KEY[type=Ready], KEY=PATH.
  for ((i = 1; i <= COMP_CWORD; i++)); do
    word=${COMP_WORDS[i]}
    if ((i > 1)) && [[ $word =~ ^[=:@]+$ || ${COMP_WORDS[i - 1]} =~ ^[=:@]+$ ]]; then
      words[${#words[@]} - 1]+=$word
    else
      words+=("$word")
    fi
  done
  kept=${words[${#words[@]} - 1]%"${current##*[=:@]}"}
  [[ $kept == *[=:@] ]] || kept=
  while IFS=$'\t' read -r word text; do
    case $word in
      :files) compopt -o filenames && mapfile -t COMPREPLY < <(compgen -f -- "$current") ;;
      :directories) compopt -o filenames && mapfile -t COMPREPLY < <(compgen -d -- "$current") ;;
      *) COMPREPLY+=("$(printf %q "${word#"$kept"}")") ;;
    esac
  done < <("${COMP_WORDS[0]}" completion --candidates -- "${words[@]}" 2>/dev/null)
}
complete -F _kratix_status kratix-status
