// Copies the text of the field that a button names; without this script the text is marked and copied by hand.
for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.querySelector(button.dataset.copy);
  const said = document.querySelector("[data-copied]");
  button.hidden = false;
  button.addEventListener("click", async () => {
    let copied = false;
    try {
      await navigator.clipboard.writeText(field.value);
      copied = true;
    } catch {
      // Old browsers, and pages without TLS, know only this.
      field.focus();
      field.select();
      copied = document.execCommand("copy");
    }
    said.textContent = copied ? "Đã chép." : "Chưa chép được; xin giữ vào ô trên rồi chọn Sao chép.";
  });
}
