# Mọi việc thường làm, mỗi việc một lệnh. Gõ `make` để xem danh sách.

.DEFAULT_GOAL := help
.PHONY: help run setup setup-dev test check env migrations guide measure bench chaos lock

PORT ?= 8000
HOST ?= 127.0.0.1
# Passed to pytest by `make test`, e.g. make test ARGS="-n 0 tests/local -x"
ARGS ?= -n 2 --dist loadfile

LOCAL := kttt_tracker/local
VENV_PYTHON := .venv/bin/python
CODE := $(wildcard manage.py kttt_tracker agencies directives tests)

# The first Python that the embedded servers have wheels for.
ifndef PYTHON
PYTHON := $(shell for p in python3 python3.13 python3.12 python3.11; do \
	"$$p" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null \
	&& echo "$$p" && break; done)
endif

define need_python
	@test -n "$(PYTHON)" || { echo "Cần Python 3.11, 3.12 hoặc 3.13 (máy này chưa có). Trên Debian, Ubuntu: apt-get install python3 python3-venv" >&2; exit 1; }
endef

help: ## danh sách này
	@grep -hE '^[a-z-]+:.*## ' Makefile | sed -E 's/^([a-z-]+):.*## (.*)/  make \1\t\2/' | expand -t 22

run: setup ## chạy cả chương trình trên máy này: make run [PORT=8000] [HOST=127.0.0.1]
	@exec $(VENV_PYTHON) -m kttt_tracker.local.run --with-parent --port "$(PORT)" --host "$(HOST)"

setup: ## cài những gì chương trình cần (make run tự gọi)
	$(need_python)
	@$(PYTHON) $(LOCAL)/system_parts.py
	@$(PYTHON) $(LOCAL)/bootstrap.py local

setup-dev: ## cài thêm những gì kiểm thử cần (make test tự gọi)
	$(need_python)
	@$(PYTHON) $(LOCAL)/system_parts.py --tests
	@$(PYTHON) $(LOCAL)/bootstrap.py dev

test: setup-dev check ## cài những gì thiếu, soát mã, chạy mọi kiểm thử: make test [ARGS="-n 2"]
	@exec $(VENV_PYTHON) -m pytest $(ARGS)

check: setup-dev ## soát mã: ruff, mypy, chiều của import, mẫu trang
	@$(VENV_PYTHON) -m ruff check $(CODE)
	@$(VENV_PYTHON) -m ruff format --check $(CODE)
	@! grep -q '^\[tool.mypy' pyproject.toml || KTTT_DEMO=1 $(VENV_PYTHON) -m mypy $(filter-out tests,$(CODE))
	@! grep -q '^\[tool.importlinter' pyproject.toml || $(VENV_PYTHON) -c 'from importlinter.cli import lint_imports_command as lint; lint()'
	@test -z "$(wildcard templates/*)" || $(VENV_PYTHON) -m djlint --quiet --lint templates

env: ## tạo .env cho máy chủ thật, với mật khẩu ngẫu nhiên
	$(need_python)
	@$(PYTHON) deploy/make_env.py

migrations: setup ## viết bước đổi cơ sở dữ liệu sau khi sửa models
	@$(VENV_PYTHON) manage.py makemigrations

guide: setup-dev ## viết lại hướng dẫn sử dụng và chụp hình từ chương trình đang chạy
	@exec $(VENV_PYTHON) -m tests.guide

measure: setup-dev ## đo thời gian mở các trang trên 100.000 phân công bịa ra
	@exec $(VENV_PYTHON) -m tests.measure

bench: setup-dev ## đo lập và gửi nhắc việc bên cạnh sức của riêng Celery, lập báo cáo dài bên cạnh WeasyPrint, và nhiều báo cáo liên tiếp; kết quả ở var/bench/
	@$(VENV_PYTHON) -m tests.bench
	@$(VENV_PYTHON) -m tests.bench.papers
	@exec $(VENV_PYTHON) -m tests.bench.many

SEED ?= 1
chaos: setup-dev ## thử nhắc việc khi mọi thứ hỏng giữa chừng (khoảng 15 phút): make chaos [SEED=1]
	@exec $(VENV_PYTHON) -m tests.chaos --seed "$(SEED)"

lock: ## khóa lại phiên bản các gói (cần uv)
	uv pip compile pyproject.toml -o requirements/server.lock $(LOCK_FLAGS)
	uv pip compile pyproject.toml --extra local -o requirements/local.lock $(LOCK_FLAGS)
	uv pip compile pyproject.toml --extra local --extra test -o requirements/dev.lock $(LOCK_FLAGS)

# No header: it would hold the command line of one machine.
LOCK_FLAGS := --universal --python-version 3.11 --generate-hashes --no-header
