set -eu
mark='<!-- precedent:changes -->'
# A check of the branch itself, or one that told of no change, leaves nothing behind.
gh run download "$RUN" --repo "$REPOSITORY" --name precedent-changes --dir changes || exit 0
# The check of a fork runs a stranger's workflow: what it leaves behind may be anything.
if [ "$(wc -c < changes/.precedent-changes.md)" -gt 65000 ]; then
  echo "error: what the check says of the change is longer than a comment may be" >&2
  exit 1
fi
number=$(gh api --method GET "repos/$REPOSITORY/pulls" -f state=open -f head="$HEAD" \
  --jq 'map(select(.head.sha == env.SHA)) | .[0].number // empty')
if [ -z "$number" ]; then
  echo "no open pull request has the commit $SHA any more"
  exit 0
fi
# No HTML, no image and no mention, whoever wrote it.
zero=$(printf '\342\200\213')
{
  printf '%s\n' "$mark"
  tail -n +2 changes/.precedent-changes.md | tr -d '\000-\010\013-\037' | sed -e "s/@/@$zero/g" -e 's/</\&lt;/g' -e 's/!\[/!\\[/g'
} > comment.md
comment=$(gh api --paginate "repos/$REPOSITORY/issues/$number/comments" \
  --jq '.[] | select(.user.login == "github-actions[bot]" and (.body | startswith("<!-- precedent:changes -->"))) | .id' | head -n 1)
if [ -n "$comment" ]; then
  gh api --method PATCH "repos/$REPOSITORY/issues/comments/$comment" -F body=@comment.md > /dev/null
else
  gh api --method POST "repos/$REPOSITORY/issues/$number/comments" -F body=@comment.md > /dev/null
fi
