# The environment that forge and ape need. Source it from the project's root: `. scripts/env.sh`.
# Nothing is written outside the project: ape's data, its compiled packages and its accounts live under .lightdom/.
: "${LIGHTDOM_HOME:=$PWD/.lightdom}"
export LIGHTDOM_HOME
export APE_DATA_FOLDER="$LIGHTDOM_HOME/ape"
export SOLCX_BINARY_PATH="$PWD/scripts/solc"
for tool in forge anvil cast; do
  for folder in "$PWD"/node_modules/@foundry-rs/"$tool"-*/bin; do
    # The real programs, not npm's node wrappers: those outlive a kill -9 of their parent and cost 50 ms a call.
    if [ -x "$folder/$tool" ]; then PATH="$folder:$PATH"; fi
  done
done
export PATH
unset tool folder
